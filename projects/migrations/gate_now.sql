-- Where a project stands: its last passage, by its day, then as it was recorded. Kept beside the project so
-- that long lists are filtered, counted and sorted without asking each project for its passages; worked out
-- by the database at every write, so that no program can set it otherwise.
CREATE FUNCTION projects_gate_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT passage.gate, passage.until INTO NEW.gate, NEW.gate_on FROM projects_passage passage
    WHERE passage.project_id = NEW.id ORDER BY passage.until DESC, passage.id DESC LIMIT 1;
    RETURN NEW;
END $$;
CREATE TRIGGER project_gate_now BEFORE INSERT OR UPDATE ON projects_project
    FOR EACH ROW EXECUTE FUNCTION projects_gate_now();

CREATE FUNCTION projects_passed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE projects_project SET gate = NULL WHERE id = coalesce(NEW.project_id, OLD.project_id);
    RETURN NULL;
END $$;
CREATE TRIGGER passage_moves_project AFTER INSERT OR DELETE ON projects_passage
    FOR EACH ROW EXECUTE FUNCTION projects_passed();
