-- Every three letters of a search key that follow each other: a word that a key holds has all its own there.
-- Three passes, from the first, the second and the third letter: three times as fast as letter by letter.
CREATE FUNCTION projects_parts(key text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
BEGIN
    RETURN string_to_array(regexp_replace(key, '(...)', '\1|', 'g'), '|')
        || string_to_array(regexp_replace(substr(key, 2), '(...)', '\1|', 'g'), '|')
        || string_to_array(regexp_replace(substr(key, 3), '(...)', '\1|', 'g'), '|');
END $$;

-- Whether one record in fifty at most has all these parts, says what ANALYZE knows of their index; no, when it
-- knows nothing. It reads a table and still calls itself immutable, so that it answers while a query is planned,
-- as the planner reads these statistics itself. Both answers find the same records: only the way there differs.
CREATE FUNCTION projects_few(index_name text, parts text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT EXISTS (
        SELECT FROM pg_stats
        WHERE schemaname = current_schema() AND tablename = index_name AND most_common_elems IS NOT NULL
        AND EXISTS (
            SELECT FROM unnest(parts) AS part
            LEFT JOIN unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common (said, share)
                ON said = part
            WHERE coalesce(share, 0) < 0.02
        )
    )
$$;
