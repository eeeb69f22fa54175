"""The importers of tables, lists and maps: everything that does not come from data.police.uk."""

from __future__ import annotations

from typing import Final

from frankpledge.engine.store.importers.area_boundaries import ENDINGS as MAP_ENDINGS
from frankpledge.engine.store.importers.area_boundaries import bring_in_boundaries
from frankpledge.engine.store.importers.area_facts import (
    bring_in_deprivation,
    bring_in_households,
    bring_in_population,
)
from frankpledge.engine.store.importers.area_lookups import bring_in_lookup
from frankpledge.engine.store.importers.arriving import TABLE_ENDINGS
from frankpledge.engine.store.importers.crime_by_partnership import bring_in_crime_by_partnership
from frankpledge.engine.store.importers.partner_list import bring_in_partner_list
from frankpledge.engine.store.importers.severity_weights import bring_in_severity_weights
from frankpledge.engine.store.staging import Importer

TABLES: Final = (
    Importer(
        key="incidents",
        sources=("incidents",),
        endings=TABLE_ENDINGS,
        bring_in=bring_in_partner_list,
        what_to_supply=(
            "Give this command a partner's list of incidents as CSV, XLSX or ODS, with --mapping FILE the first time. "
            "Without a mapping it prints one that fits the list and is ready to be edited."
        ),
    ),
    Importer(
        key="ons-csp-crime",
        sources=("ons-csp-crime",),
        endings=TABLE_ENDINGS,
        bring_in=bring_in_crime_by_partnership,
        what_to_supply=(
            "On ons.gov.uk find 'Crime in England and Wales: Police Force Area data tables', download the workbook, "
            "and give this command the workbook itself or its worksheet 'Table C2' saved as CSV."
        ),
    ),
    Importer(
        key="ons-lookup",
        sources=("ons-lookup",),
        endings=TABLE_ENDINGS,
        bring_in=bring_in_lookup,
        what_to_supply=(
            "On geoportal.statistics.gov.uk find a look-up, for example 'LSOA (2011) to LSOA (2021) to Local Authority "
            "District', download it as CSV, and give this command that file."
        ),
    ),
    Importer(
        key="ons-boundaries",
        sources=("ons-boundaries",),
        endings=MAP_ENDINGS,
        bring_in=bring_in_boundaries,
        what_to_supply=(
            "On geoportal.statistics.gov.uk find generalised clipped boundaries (BGC) of LSOAs, wards or districts, "
            "download them as GeoJSON, and give this command that file."
        ),
    ),
    Importer(
        key="census-population",
        sources=("census-population",),
        endings=TABLE_ENDINGS,
        bring_in=bring_in_population,
        what_to_supply=(
            "Give this command a CSV of usual residents by LSOA 2021 with the columns lsoa21_code and all_ages, or the "
            "Census 2021 table of Nomis by LSOA with the column 'Age: Total'."
        ),
    ),
    Importer(
        key="census-households",
        sources=("census-households",),
        endings=TABLE_ENDINGS,
        bring_in=bring_in_households,
        what_to_supply=(
            "Give this command a CSV of households by LSOA 2021 with the columns lsoa21_code and households, or the "
            "Census 2021 table TS041 of Nomis by LSOA."
        ),
    ),
    Importer(
        key="imd",
        sources=("imd",),
        endings=TABLE_ENDINGS,
        bring_in=bring_in_deprivation,
        what_to_supply=(
            "On gov.uk find the English Indices of Deprivation, download 'File 7: all ranks, deciles and scores' as "
            "CSV, and give this command that file; for small areas of 2011 say the edition, as --as-of 2019."
        ),
    ),
    Importer(
        key="severity-weights",
        sources=("severity-weights",),
        endings=TABLE_ENDINGS,
        bring_in=bring_in_severity_weights,
        what_to_supply=(
            "On ons.gov.uk find the Crime Severity Score data tool, save its weights by offence code as CSV with the "
            "columns 'Offence code', 'Offence' and 'Weight', give this command that file, and say the edition, as "
            "--as-of 2020-12."
        ),
    ),
)
