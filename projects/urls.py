"""Addresses of sites, projects and commitments."""

from django.urls import path

from projects import bulk_urls, record_urls, update_urls
from projects.aid_urls import urlpatterns as of_aid
from projects.implantation_urls import implantations
from projects.national_urls import inventories_and_standards
from projects.views import commitments, map, projects, sites, standards

app_name = "projects"
urlpatterns = [
    path("sites/", sites.site_list, name="sites"),
    path("sites.<slug:form>", sites.site_file, name="sites_file"),
    path("sites/<slug:slug>/", sites.site, name="site"),
    path("carte/", map.site_map, name="map"),
    path("projets/", projects.project_list, name="projects"),
    path("projets.<slug:form>", projects.project_file, name="projects_file"),
    path("projets/<slug:slug>/", projects.project, name="project"),
    path("engagements/", commitments.register, name="commitments"),
    path("engagements.csv", commitments.register_csv, name="commitments_csv"),
    # Open standards.
    path("standards/", standards.files, name="standards"),
    path("standards/<slug:code>.csv", standards.csv_file, name="standard_csv"),
    path("standards/<slug:code>.geojson", standards.geojson_file, name="standard_geojson"),
    *implantations,
    *inventories_and_standards,
    *record_urls.urlpatterns,
    # Aid, support, steering, promises.
    *of_aid,
    *bulk_urls.urlpatterns,
]
urlpatterns += update_urls.urlpatterns
