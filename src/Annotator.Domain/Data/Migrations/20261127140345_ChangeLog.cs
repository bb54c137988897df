using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Annotator.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class ChangeLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "change",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    xact = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    action = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: true),
                    annotation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    group_id = table.Column<string>(type: "text", nullable: true),
                    author_id = table.Column<Guid>(type: "uuid", nullable: true),
                    client_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    seen_before = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    seen_after = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_change_at",
                table: "change",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_change_of_person",
                table: "change",
                column: "id",
                filter: "kind = 'Person'");

            migrationBuilder.CreateIndex(
                name: "ix_change_source_id_id",
                table: "change",
                columns: new[] { "source_id", "id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_change_xact",
                table: "change",
                column: "xact");

            // Whatever adds records, by whichever statement, notifies with the commit: of ids only, 300 in one, since a notification
            // holds less than 8,000 bytes and an id at most 19 digits.
            migrationBuilder.Sql(
                """
                create function change_notify() returns trigger language plpgsql as $$
                begin
                  perform pg_notify('annotator_changes', string_agg(id::text, ' ' order by id))
                  from (select id, (row_number() over (order by id) - 1) / 300 as part from added) as numbered
                  group by part;
                  return null;
                end $$;

                create trigger change_notify after insert on change
                referencing new table as added for each statement execute function change_notify();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "change");
            migrationBuilder.Sql("drop function change_notify();");
        }
    }
}
