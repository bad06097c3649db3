-- What was planned, and what was passed, is added to and never rewritten; a whole project may be taken away.
CREATE FUNCTION projects_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER planned_date_is_kept BEFORE UPDATE ON projects_planneddate
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();
CREATE TRIGGER passage_is_kept BEFORE UPDATE ON projects_passage
    FOR EACH ROW EXECUTE FUNCTION projects_append_only();
