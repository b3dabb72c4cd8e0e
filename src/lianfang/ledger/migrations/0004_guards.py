"""What the database itself refuses: changing a fact or a journal line, a room with more people than beds."""

from django.db import migrations

FACTS = """
CREATE FUNCTION fact_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('lianfang.retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND current_setting('lianfang.rekey', true) = 'on'
       AND (to_jsonb(NEW) - 'sealed') = (to_jsonb(OLD) - 'sealed') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '事实 % 只能追加：请另记一条更正 / facts are only added: record a correction of %', OLD.id, OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER fact_only_added BEFORE UPDATE OR DELETE ON fact
    FOR EACH ROW EXECUTE FUNCTION fact_only_added();
"""

NO_FACTS = "DROP TRIGGER fact_only_added ON fact; DROP FUNCTION fact_only_added();"

JOURNAL = """
CREATE FUNCTION journal_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '日志第 % 行不可更改或删除 / line % of the journal is never changed or deleted', OLD.no, OLD.no
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER journal_only_added BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_only_added();
CREATE FUNCTION journal_head_only_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.no = OLD.no + 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '日志末行只能前进一行 / the head of the journal only goes forward by one line'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER journal_head_only_forward BEFORE UPDATE OR DELETE ON journal_head
    FOR EACH ROW EXECUTE FUNCTION journal_head_only_forward();
"""

NO_JOURNAL = """
DROP TRIGGER journal_only_added ON journal; DROP FUNCTION journal_only_added();
DROP TRIGGER journal_head_only_forward ON journal_head; DROP FUNCTION journal_head_only_forward();
"""

# Locking the room makes two who place at the same moment wait for each other, so that neither counts too few.
ROOMS = """
CREATE FUNCTION placement_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held integer;
    room_beds integer;
BEGIN
    SELECT single, beds INTO STRICT NEW.single, room_beds FROM room WHERE id = NEW.room_id FOR NO KEY UPDATE;
    WITH others AS (
        SELECT during FROM placement
        WHERE room_id = NEW.room_id AND during && NEW.during AND id IS DISTINCT FROM NEW.id
    ), instants AS (
        SELECT lower(NEW.during) AS at UNION SELECT lower(during) FROM others WHERE lower(during) <@ NEW.during
    )
    SELECT coalesce(max(n), 0) INTO held
    FROM (SELECT (SELECT count(*) FROM others WHERE during @> at) AS n FROM instants) AS counted;
    IF held >= room_beds THEN
        RAISE EXCEPTION '房间 % 的 % 张床已满 / all % beds of room % are taken',
            NEW.room_id, room_beds, room_beds, NEW.room_id
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'placement_room_full';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER placement_fits BEFORE INSERT OR UPDATE OF room_id, during, single ON placement
    FOR EACH ROW EXECUTE FUNCTION placement_fits();
CREATE FUNCTION room_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE placement SET single = NEW.single WHERE room_id = NEW.id AND upper_inf(during);
    RETURN NULL;
END $$;
CREATE TRIGGER room_changed AFTER UPDATE OF single, beds ON room
    FOR EACH ROW EXECUTE FUNCTION room_changed();
"""

NO_ROOMS = """
DROP TRIGGER room_changed ON room; DROP FUNCTION room_changed();
DROP TRIGGER placement_fits ON placement; DROP FUNCTION placement_fits();
"""

# Rows that every evaluation may rewrite: room for the new version on the same page, and cleaned up early.
STORAGE = """
ALTER TABLE obligation SET
    (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.03, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE loop SET
    (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.03, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE subject SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.03);
ALTER TABLE progress SET (fillfactor = 50);
ALTER TABLE fact SET (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
"""

NO_STORAGE = """
ALTER TABLE obligation RESET (fillfactor, autovacuum_vacuum_scale_factor, autovacuum_analyze_scale_factor);
ALTER TABLE loop RESET (fillfactor, autovacuum_vacuum_scale_factor, autovacuum_analyze_scale_factor);
ALTER TABLE subject RESET (fillfactor, autovacuum_vacuum_scale_factor);
ALTER TABLE progress RESET (fillfactor);
ALTER TABLE fact RESET (autovacuum_vacuum_insert_scale_factor, autovacuum_analyze_scale_factor);
"""


class Migration(migrations.Migration):
    """Guards in plain SQL, each with its way back."""

    dependencies = [("ledger", "0003_work")]
    operations = [
        migrations.RunSQL(FACTS, NO_FACTS),
        migrations.RunSQL(JOURNAL, NO_JOURNAL),
        migrations.RunSQL(ROOMS, NO_ROOMS),
        migrations.RunSQL(STORAGE, NO_STORAGE),
    ]
