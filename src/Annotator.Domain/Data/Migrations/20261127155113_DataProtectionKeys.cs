using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Annotator.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class DataProtectionKeys : Migration
    {
        // The keys stay in their rows: whoever is signed in stays signed in. The names keep their column, under the name that the package
        // gives it; the rows are numbered by the new column.

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_protection_key",
                table: "protection_key");

            migrationBuilder.RenameColumn(
                name: "name",
                table: "protection_key",
                newName: "friendly_name");

            migrationBuilder.AlterColumn<string>(
                name: "friendly_name",
                table: "protection_key",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AlterColumn<string>(
                name: "xml",
                table: "protection_key",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AddColumn<int>(
                name: "id",
                table: "protection_key",
                type: "integer",
                nullable: false)
                .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

            migrationBuilder.AddPrimaryKey(
                name: "pk_protection_key",
                table: "protection_key",
                column: "id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_protection_key",
                table: "protection_key");

            migrationBuilder.DropColumn(
                name: "id",
                table: "protection_key");

            migrationBuilder.AlterColumn<string>(
                name: "xml",
                table: "protection_key",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "friendly_name",
                table: "protection_key",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);

            migrationBuilder.RenameColumn(
                name: "friendly_name",
                table: "protection_key",
                newName: "name");

            migrationBuilder.AddPrimaryKey(
                name: "pk_protection_key",
                table: "protection_key",
                column: "name");
        }
    }
}
