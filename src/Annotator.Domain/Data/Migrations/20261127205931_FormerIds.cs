using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Annotator.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class FormerIds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "former_id",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    source_id = table.Column<Guid>(type: "uuid", nullable: false),
                    passage_id = table.Column<Guid>(type: "uuid", nullable: true),
                    uri = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_former_id", x => x.id);
                    table.ForeignKey(
                        name: "fk_former_id_passages_passage_id",
                        column: x => x.passage_id,
                        principalTable: "passage",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_former_id_sources_source_id",
                        column: x => x.source_id,
                        principalTable: "source",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_former_id_passage_id",
                table: "former_id",
                column: "passage_id");

            migrationBuilder.CreateIndex(
                name: "ix_former_id_source_id",
                table: "former_id",
                column: "source_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "former_id");
        }
    }
}
