-- The search keys of a project's lead and site, beside it, so that lists are sorted by them in an index; worked
-- out by the database at every write, so that no program can set them otherwise.
CREATE FUNCTION projects_neighbours() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A project that comes to a neighbour waits for whoever renames it, and has them wait: they do not see it yet.
    -- One that was there is renamed by them, after us or before; waiting for them could have both wait for ever.
    IF TG_OP = 'INSERT' OR NEW.lead_id IS DISTINCT FROM OLD.lead_id THEN
        PERFORM FROM projects_organisation WHERE id = NEW.lead_id FOR SHARE;
    END IF;
    IF TG_OP = 'INSERT' OR NEW.site_id IS DISTINCT FROM OLD.site_id THEN
        PERFORM FROM projects_site WHERE id = NEW.site_id FOR SHARE;
    END IF;
    NEW.lead_key := (SELECT left(search_key, 200) FROM projects_organisation WHERE id = NEW.lead_id);
    NEW.site_key := (SELECT left(search_key, 200) FROM projects_site WHERE id = NEW.site_id);
    RETURN NEW;
END $$;
CREATE TRIGGER project_neighbours BEFORE INSERT OR UPDATE OF lead_id, site_id, lead_key, site_key
    ON projects_project FOR EACH ROW EXECUTE FUNCTION projects_neighbours();

CREATE FUNCTION projects_neighbour_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'projects_site' THEN
        UPDATE projects_project SET site_key = NULL WHERE site_id = NEW.id;
    ELSE
        UPDATE projects_project SET lead_key = NULL WHERE lead_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER organisation_renames_projects AFTER UPDATE ON projects_organisation FOR EACH ROW
    WHEN (OLD.search_key IS DISTINCT FROM NEW.search_key) EXECUTE FUNCTION projects_neighbour_renamed();
CREATE TRIGGER site_renames_projects AFTER UPDATE ON projects_site FOR EACH ROW
    WHEN (OLD.search_key IS DISTINCT FROM NEW.search_key) EXECUTE FUNCTION projects_neighbour_renamed();
