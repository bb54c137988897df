using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace Annotator.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class SearchIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "indexed",
                table: "annotation_search",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<short>(
                name: "version",
                table: "annotation_search",
                type: "smallint",
                nullable: false,
                defaultValue: (short)0);

            migrationBuilder.AddColumn<string>(
                name: "words",
                table: "annotation_search",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "saved_search",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    query = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "und-x-icu"),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_search", x => x.id);
                    table.ForeignKey(
                        name: "fk_saved_search_person_person_id",
                        column: x => x.person_id,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "source_search",
                columns: table => new
                {
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<short>(type: "smallint", nullable: false),
                    indexed = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    words = table.Column<string>(type: "text", nullable: false),
                    tokens = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_source_search", x => x.source_id);
                    table.ForeignKey(
                        name: "fk_source_search_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "source",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_saved_search_person_id",
                table: "saved_search",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_source_search_tokens",
                table: "source_search",
                column: "tokens")
                .Annotation("Npgsql:IndexMethod", "gin");

            // How annotations are spread over time tells the search how far to go back; which lexemes are common, what was meant.
            migrationBuilder.Sql("alter table annotation_search alter created set statistics 500, alter tokens set statistics 500");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "saved_search");

            migrationBuilder.DropTable(
                name: "source_search");

            migrationBuilder.DropColumn(
                name: "indexed",
                table: "annotation_search");

            migrationBuilder.DropColumn(
                name: "version",
                table: "annotation_search");

            migrationBuilder.DropColumn(
                name: "words",
                table: "annotation_search");
        }
    }
}
