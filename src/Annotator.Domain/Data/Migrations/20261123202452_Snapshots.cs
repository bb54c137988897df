using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Annotator.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class Snapshots : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "snapshot_id",
                table: "annotation",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "snapshot",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    added_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    shared = table.Column<bool>(type: "boolean", nullable: false),
                    format = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    added = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    html = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_snapshot", x => x.id);
                    table.ForeignKey(
                        name: "fk_snapshot_person_added_by_id",
                        column: x => x.added_by_id,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_snapshot_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "source",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "passage_place",
                columns: table => new
                {
                    passage_id = table.Column<Guid>(type: "uuid", nullable: false),
                    snapshot_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    position_start = table.Column<int>(type: "integer", nullable: false),
                    position_end = table.Column<int>(type: "integer", nullable: false),
                    confidence = table.Column<float>(type: "real", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_passage_place", x => new { x.snapshot_id, x.passage_id });
                    table.ForeignKey(
                        name: "fk_passage_place_passage_passage_id",
                        column: x => x.passage_id,
                        principalTable: "passage",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_passage_place_snapshots_snapshot_id",
                        column: x => x.snapshot_id,
                        principalTable: "snapshot",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_annotation_snapshot_id",
                table: "annotation",
                column: "snapshot_id",
                filter: "snapshot_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_passage_place_passage_id",
                table: "passage_place",
                column: "passage_id");

            migrationBuilder.CreateIndex(
                name: "ix_snapshot_added_by_id",
                table: "snapshot",
                column: "added_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_snapshot_source_id_added",
                table: "snapshot",
                columns: new[] { "source_id", "added" });

            migrationBuilder.AddForeignKey(
                name: "fk_annotation_snapshots_snapshot_id",
                table: "annotation",
                column: "snapshot_id",
                principalTable: "snapshot",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_annotation_snapshots_snapshot_id",
                table: "annotation");

            migrationBuilder.DropTable(
                name: "passage_place");

            migrationBuilder.DropTable(
                name: "snapshot");

            migrationBuilder.DropIndex(
                name: "ix_annotation_snapshot_id",
                table: "annotation");

            migrationBuilder.DropColumn(
                name: "snapshot_id",
                table: "annotation");
        }
    }
}
