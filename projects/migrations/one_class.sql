-- Whoever leads, funds, owns, occupies, promises or takes part is attested or invented as the record is.
CREATE TRIGGER project_is_of_one_class BEFORE INSERT OR UPDATE OF lead_id, site_id, origin ON projects_project
    FOR EACH ROW EXECUTE FUNCTION projects_same_class('lead_id', 'projects_organisation', 'site_id', 'projects_site');
CREATE TRIGGER partner_is_of_one_class BEFORE INSERT OR UPDATE ON projects_partner FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('project_id', 'projects_project', 'organisation_id', 'projects_organisation');
CREATE TRIGGER budget_is_of_one_class BEFORE INSERT OR UPDATE ON projects_budgetline FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('project_id', 'projects_project', 'funder_id', 'projects_organisation');
CREATE TRIGGER ownership_is_of_one_class BEFORE INSERT OR UPDATE ON projects_ownership FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('site_id', 'projects_site', 'owner_id', 'projects_organisation');
CREATE TRIGGER occupancy_is_of_one_class BEFORE INSERT OR UPDATE ON projects_occupancy FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('site_id', 'projects_site', 'occupant_id', 'projects_organisation');
CREATE TRIGGER commitment_is_of_one_class BEFORE INSERT OR UPDATE ON projects_commitment FOR EACH ROW
    EXECUTE FUNCTION projects_same_class('promiser_id', 'projects_organisation', 'project_id', 'projects_project',
        'site_id', 'projects_site');
