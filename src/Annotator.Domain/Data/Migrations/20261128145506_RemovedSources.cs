using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Annotator.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class RemovedSources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "removal_id",
                table: "snapshot",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "removal_id",
                table: "annotation",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "removed_source",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    removed_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    removed = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_removed_source", x => x.id);
                    table.ForeignKey(
                        name: "fk_removed_source_person_removed_by_id",
                        column: x => x.removed_by_id,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_removed_source_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "source",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_snapshot_removal_id",
                table: "snapshot",
                column: "removal_id",
                filter: "removal_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_annotation_removal_id",
                table: "annotation",
                column: "removal_id",
                filter: "removal_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_removed_source_removed_by_id",
                table: "removed_source",
                column: "removed_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_removed_source_source_id",
                table: "removed_source",
                column: "source_id");

            migrationBuilder.AddForeignKey(
                name: "fk_annotation_removed_source_removal_id",
                table: "annotation",
                column: "removal_id",
                principalTable: "removed_source",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            migrationBuilder.AddForeignKey(
                name: "fk_snapshot_removed_source_removal_id",
                table: "snapshot",
                column: "removal_id",
                principalTable: "removed_source",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_annotation_removed_source_removal_id",
                table: "annotation");

            migrationBuilder.DropForeignKey(
                name: "fk_snapshot_removed_source_removal_id",
                table: "snapshot");

            migrationBuilder.DropTable(
                name: "removed_source");

            migrationBuilder.DropIndex(
                name: "ix_snapshot_removal_id",
                table: "snapshot");

            migrationBuilder.DropIndex(
                name: "ix_annotation_removal_id",
                table: "annotation");

            migrationBuilder.DropColumn(
                name: "removal_id",
                table: "snapshot");

            migrationBuilder.DropColumn(
                name: "removal_id",
                table: "annotation");
        }
    }
}
