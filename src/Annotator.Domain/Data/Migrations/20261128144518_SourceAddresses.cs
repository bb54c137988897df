using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Annotator.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class SourceAddresses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string[]>(
                name: "addresses",
                table: "source_revision",
                type: "text[]",
                nullable: false,
                defaultValue: new string[0]);

            migrationBuilder.AddColumn<int>(
                name: "kind",
                table: "source_revision",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "kind",
                table: "source",
                type: "integer",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "addresses",
                table: "source_revision");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "source_revision");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "source");
        }
    }
}
