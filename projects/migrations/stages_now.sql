-- The life-cycle stages that a site is at, a bit each, beside the days for which that holds: from the last day
-- on which one of its stages began or ended to the next one. Kept so that every site can be counted by stage in
-- an index; worked out by the database at every write, so that no program can set it otherwise. Whoever reads it
-- on a day outside those asks the stages themselves: it is never wrong, at worst slow.
CREATE FUNCTION projects_stages_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.stage_bits := 0;
    NEW.stage_bits_since := NULL;
    NEW.stage_bits_until := NULL;
    IF TG_OP = 'UPDATE' THEN
        SELECT coalesce(bit_or(1 << stage) FILTER (
            WHERE coalesce(start <= current_date, true) AND coalesce("end" > current_date, true)
        ), 0) INTO NEW.stage_bits FROM projects_lifestage WHERE site_id = NEW.id;
        SELECT max(edge.day) FILTER (WHERE edge.day <= current_date),
            min(edge.day) FILTER (WHERE edge.day > current_date)
            INTO NEW.stage_bits_since, NEW.stage_bits_until
            FROM projects_lifestage, LATERAL (VALUES (start), ("end")) AS edge (day) WHERE site_id = NEW.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER site_stages_now BEFORE INSERT OR UPDATE OF stage_bits, stage_bits_since, stage_bits_until
    ON projects_site FOR EACH ROW EXECUTE FUNCTION projects_stages_now();

-- Once a statement, however many stages it writes: a site is written again, as the trigger above has it, when no
-- other transaction writes it, and then sees what that one left.
CREATE FUNCTION projects_staged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        UPDATE projects_site SET stage_bits = NULL WHERE id IN (SELECT site_id FROM written);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        UPDATE projects_site SET stage_bits = NULL WHERE id IN (SELECT site_id FROM gone);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER stage_added_moves_site AFTER INSERT ON projects_lifestage
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION projects_staged();
CREATE TRIGGER stage_changed_moves_site AFTER UPDATE ON projects_lifestage
    REFERENCING OLD TABLE AS gone NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION projects_staged();
CREATE TRIGGER stage_gone_moves_site AFTER DELETE ON projects_lifestage
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION projects_staged();
