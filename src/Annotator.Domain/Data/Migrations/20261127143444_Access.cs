using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Annotator.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class Access : Migration
    {
        // Whatever changes a person's rights, in the program, in bulk or by hand, raises their version in the same transaction, and
        // whoever listens hears of it when that is committed. In the database, so that no writer can forget it.
        private const string RightsVersions =
            """
            create function raise_rights_version() returns trigger language plpgsql as $$
            begin
                update person set rights_version = rights_version + 1
                where id = (to_jsonb(coalesce(new, old)) ->> tg_argv[0])::uuid;
                return null;
            end $$;

            create function raise_rights_versions_of_members() returns trigger language plpgsql as $$
            begin
                update person set rights_version = rights_version + 1
                where id in (select person_id from membership where group_id = new.id);
                return null;
            end $$;

            create function raise_own_rights_version() returns trigger language plpgsql as $$
            begin
                new.rights_version := old.rights_version + 1;
                return new;
            end $$;

            create function notify_rights_version() returns trigger language plpgsql as $$
            begin
                perform pg_notify('annotator_rights', new.id::text);
                return null;
            end $$;

            create trigger membership_rights after insert or update or delete on membership
                for each row execute function raise_rights_version('person_id');
            create trigger account_rights after update on account
                for each row when (old.lockout_end is distinct from new.lockout_end
                    or old.security_stamp is distinct from new.security_stamp
                    or old.is_administrator is distinct from new.is_administrator)
                execute function raise_rights_version('id');
            create trigger account_gone after delete on account
                for each row execute function raise_rights_version('id');
            create trigger group_rights after update on "group"
                for each row when (old.kind is distinct from new.kind)
                execute function raise_rights_versions_of_members();
            create trigger person_silence before update on person
                for each row when (old.is_silenced is distinct from new.is_silenced)
                execute function raise_own_rights_version();
            create trigger person_rights after update on person
                for each row when (old.rights_version is distinct from new.rights_version)
                execute function notify_rights_version();
            """;

        private const string NoRightsVersions =
            """
            drop trigger person_rights on person;
            drop trigger person_silence on person;
            drop trigger group_rights on "group";
            drop trigger account_gone on account;
            drop trigger account_rights on account;
            drop trigger membership_rights on membership;
            drop function notify_rights_version, raise_own_rights_version, raise_rights_versions_of_members, raise_rights_version;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_annotation_groups_group_id",
                table: "annotation");

            migrationBuilder.DropForeignKey(
                name: "fk_annotation_people_author_id",
                table: "annotation");

            migrationBuilder.DropForeignKey(
                name: "fk_snapshot_person_added_by_id",
                table: "snapshot");

            migrationBuilder.AddColumn<string>(
                name: "group_id",
                table: "snapshot",
                type: "character varying(64)",
                nullable: false,
                defaultValue: "__world__");

            migrationBuilder.AddColumn<bool>(
                name: "is_silenced",
                table: "person",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "rights_version",
                table: "person",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "role",
                table: "membership",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "is_reindexing",
                table: "group",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "kind",
                table: "group",
                type: "integer",
                nullable: false,
                // Private: until now members alone read in a group, and a group of unknown kind must not be open.
                defaultValue: 3);

            migrationBuilder.AddColumn<int>(
                name: "moderation",
                table: "annotation",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "moderation_reason",
                table: "annotation",
                type: "text",
                nullable: true);

            migrationBuilder.UpdateData(
                table: "group",
                keyColumn: "id",
                keyValue: "__world__",
                columns: new[] { "is_reindexing", "kind" },
                values: new object[] { false, 0 });

            migrationBuilder.CreateIndex(
                name: "ix_snapshot_group_id",
                table: "snapshot",
                column: "group_id");

            migrationBuilder.CreateIndex(
                name: "ix_person_is_silenced",
                table: "person",
                column: "is_silenced",
                filter: "is_silenced");

            migrationBuilder.CreateIndex(
                name: "ix_group_is_reindexing",
                table: "group",
                column: "is_reindexing",
                filter: "is_reindexing");

            migrationBuilder.AddForeignKey(
                name: "fk_annotation_groups_group_id",
                table: "annotation",
                column: "group_id",
                principalTable: "group",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_annotation_people_author_id",
                table: "annotation",
                column: "author_id",
                principalTable: "person",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_snapshot_group_group_id",
                table: "snapshot",
                column: "group_id",
                principalTable: "group",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_snapshot_person_added_by_id",
                table: "snapshot",
                column: "added_by_id",
                principalTable: "person",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.Sql(RightsVersions);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(NoRightsVersions);

            migrationBuilder.DropForeignKey(
                name: "fk_annotation_groups_group_id",
                table: "annotation");

            migrationBuilder.DropForeignKey(
                name: "fk_annotation_people_author_id",
                table: "annotation");

            migrationBuilder.DropForeignKey(
                name: "fk_snapshot_group_group_id",
                table: "snapshot");

            migrationBuilder.DropForeignKey(
                name: "fk_snapshot_person_added_by_id",
                table: "snapshot");

            migrationBuilder.DropIndex(
                name: "ix_snapshot_group_id",
                table: "snapshot");

            migrationBuilder.DropIndex(
                name: "ix_person_is_silenced",
                table: "person");

            migrationBuilder.DropIndex(
                name: "ix_group_is_reindexing",
                table: "group");

            migrationBuilder.DropColumn(
                name: "group_id",
                table: "snapshot");

            migrationBuilder.DropColumn(
                name: "is_silenced",
                table: "person");

            migrationBuilder.DropColumn(
                name: "rights_version",
                table: "person");

            migrationBuilder.DropColumn(
                name: "role",
                table: "membership");

            migrationBuilder.DropColumn(
                name: "is_reindexing",
                table: "group");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "group");

            migrationBuilder.DropColumn(
                name: "moderation",
                table: "annotation");

            migrationBuilder.DropColumn(
                name: "moderation_reason",
                table: "annotation");

            migrationBuilder.AddForeignKey(
                name: "fk_annotation_groups_group_id",
                table: "annotation",
                column: "group_id",
                principalTable: "group",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_annotation_people_author_id",
                table: "annotation",
                column: "author_id",
                principalTable: "person",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_snapshot_person_added_by_id",
                table: "snapshot",
                column: "added_by_id",
                principalTable: "person",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
