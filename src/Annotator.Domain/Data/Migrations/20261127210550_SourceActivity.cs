using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Annotator.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class SourceActivity : Migration
    {
        // In the database, so that no writer can forget it. The triggers do not count and know no rule of visibility: they say which
        // sources are to be counted anew. Each first takes a lock on the source that only counting waits for, or holds for a moment;
        // a count never misses what is being written. What changes for many annotations at once takes the lock of all counting
        // (SourceCounts.CountingLock).
        private const string Triggers =
            """
            create function count_sources_anew(touched uuid[]) returns void language plpgsql as $$
            begin
                perform from source where id = any(touched) order by id for key share;
                update source_activity set is_current = false where source_id = any(touched) and is_current;
            end $$;

            create function add_source_activity() returns trigger language plpgsql as $$
            begin
                insert into source_activity (source_id, passages, comments, people, is_current) select id, 0, 0, 0, false from added;
                return null;
            end $$;

            create function count_added_annotations() returns trigger language plpgsql as $$
            begin
                perform count_sources_anew(array(select distinct source_id from added));
                return null;
            end $$;

            create function count_changed_annotations() returns trigger language plpgsql as $$
            begin
                perform count_sources_anew(array(
                    select distinct unnest(array[o.source_id, n.source_id]) from old_rows o join new_rows n on n.id = o.id
                    where (o.source_id, o.passage_id, o.author_id, o.group_id, o.shared, o.moderation, o.created, o.deleted is null)
                        is distinct from (n.source_id, n.passage_id, n.author_id, n.group_id, n.shared, n.moderation, n.created, n.deleted is null)
                        or (o.body = '') <> (n.body = '')));
                return null;
            end $$;

            create function count_removed_annotations() returns trigger language plpgsql as $$
            begin
                perform count_sources_anew(array(select distinct source_id from removed));
                return null;
            end $$;

            create function count_annotations_of_group() returns trigger language plpgsql as $$
            begin
                perform pg_advisory_xact_lock_shared(7302118460319);
                perform count_sources_anew(array(select distinct source_id from annotation where group_id = new.id));
                return null;
            end $$;

            create function count_annotations_of_person() returns trigger language plpgsql as $$
            begin
                perform pg_advisory_xact_lock_shared(7302118460319);
                perform count_sources_anew(array(select distinct source_id from annotation where author_id = new.id));
                return null;
            end $$;

            create trigger source_activity after insert on source
                referencing new table as added for each statement execute function add_source_activity();
            create trigger annotation_added after insert on annotation
                referencing new table as added for each statement execute function count_added_annotations();
            create trigger annotation_changed after update on annotation
                referencing old table as old_rows new table as new_rows for each statement execute function count_changed_annotations();
            create trigger annotation_removed after delete on annotation
                referencing old table as removed for each statement execute function count_removed_annotations();
            create trigger group_counted after update on "group"
                for each row when (old.kind is distinct from new.kind) execute function count_annotations_of_group();
            create trigger person_counted after update on person
                for each row when (old.is_silenced is distinct from new.is_silenced) execute function count_annotations_of_person();

            insert into source_activity (source_id, passages, comments, people, is_current) select id, 0, 0, 0, false from source;
            """;

        private const string NoTriggers =
            """
            drop trigger person_counted on person;
            drop trigger group_counted on "group";
            drop trigger annotation_removed on annotation;
            drop trigger annotation_changed on annotation;
            drop trigger annotation_added on annotation;
            drop trigger source_activity on source;
            drop function count_annotations_of_person, count_annotations_of_group, count_removed_annotations, count_changed_annotations,
                count_added_annotations, add_source_activity, count_sources_anew;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "source_activity",
                columns: table => new
                {
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    passages = table.Column<int>(type: "integer", nullable: false),
                    comments = table.Column<int>(type: "integer", nullable: false),
                    people = table.Column<int>(type: "integer", nullable: false),
                    newest = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    is_current = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source_activity", x => x.source_id);
                    table.ForeignKey(
                        name: "fk_source_activity_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "source",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_source_activity_source_id",
                table: "source_activity",
                column: "source_id",
                filter: "not is_current");

            migrationBuilder.Sql(Triggers);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(NoTriggers);

            migrationBuilder.DropTable(
                name: "source_activity");
        }
    }
}
