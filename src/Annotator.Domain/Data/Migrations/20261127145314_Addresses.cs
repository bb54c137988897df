using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Annotator.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class Addresses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_source_uri_sources_source_id",
                table: "source_uri");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "added",
                table: "source_uri",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<bool>(
                name: "is_public",
                table: "source_uri",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "source_uri",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "title_given",
                table: "source",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "cited_author",
                table: "snapshot",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "cited_title",
                table: "snapshot",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "uri",
                table: "snapshot",
                type: "character varying(2048)",
                maxLength: 2048,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "context_of_id",
                table: "passage",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "cited_author",
                table: "annotation",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "cited_title",
                table: "annotation",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "uri_claim",
                columns: table => new
                {
                    annotation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    uri = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: false),
                    claimant_key = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    made = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_uri_claim", x => new { x.annotation_id, x.key, x.kind });
                    table.ForeignKey(
                        name: "fk_uri_claim_annotation_annotation_id",
                        column: x => x.annotation_id,
                        principalTable: "annotation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_passage_context_of_id",
                table: "passage",
                column: "context_of_id",
                filter: "context_of_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_annotation_source_id_created1",
                table: "annotation",
                columns: new[] { "source_id", "created" },
                filter: "cited_title is not null or cited_author is not null");

            migrationBuilder.CreateIndex(
                name: "ix_uri_claim_claimant_key_key",
                table: "uri_claim",
                columns: new[] { "claimant_key", "key" });

            migrationBuilder.CreateIndex(
                name: "ix_uri_claim_key",
                table: "uri_claim",
                column: "key");

            migrationBuilder.AddForeignKey(
                name: "fk_source_uri_source_source_id",
                table: "source_uri",
                column: "source_id",
                principalTable: "source",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.Sql(Carry);
        }

        // Until now the source had what was given first, whoever gave it. Where nobody reads anything of a source in public, title and
        // author go back to whoever gave them: the author of the first annotation or text. The keys of addresses and the titles that are
        // empty then are made by the program, at its next start.
        private const string Carry =
            """
            create temporary table said on commit drop as
            select a.source_id, a.id, a.created as at, a.author_id as person_id, a.group_id, a.shared, a.shared and g.kind <> 3 as in_public, true as is_annotation
            from annotation a join "group" g on g.id = a.group_id
            union all
            select s.source_id, s.id, s.added, s.added_by_id, s.group_id, s.shared, s.shared and g.kind <> 3, false
            from snapshot s join "group" g on g.id = s.group_id;

            update source_uri u set added = s.added, version = 0, is_public = exists (select from said where said.source_id = s.id and in_public)
            from source s where s.id = u.source_id;

            update source s set title_given = not exists (select from source_uri u where u.source_id = s.id and left(u.uri, 500) = s.title);

            create temporary table given on commit drop as
            select distinct on (said.source_id) said.*, case when s.title_given then s.title end as title, s.author
            from said join source s on s.id = said.source_id
            where not exists (select from said other where other.source_id = said.source_id and other.in_public)
            order by said.source_id, said.at, said.id;

            update annotation a set cited_title = given.title, cited_author = given.author
            from given where a.source_id = given.source_id and a.author_id = given.person_id and a.shared = given.shared and a.group_id = given.group_id;
            update snapshot t set cited_title = given.title, cited_author = given.author
            from given where t.source_id = given.source_id and t.added_by_id = given.person_id and t.shared = given.shared and t.group_id = given.group_id;
            update source s set title = '', title_given = false, author = null from given where given.source_id = s.id;
            delete from source_search e using given where given.source_id = e.source_id;

            update snapshot t set uri = (select min(u.uri) from source_uri u where u.source_id = t.source_id having count(*) = 1);

            update passage p set context_of_id = first.id
            from (
                select distinct on (a.passage_id) a.passage_id, a.id, said.in_public
                from annotation a join said on said.id = a.id and said.is_annotation
                where a.passage_id is not null
                order by a.passage_id, a.created, a.id) first
            where first.passage_id = p.id and not first.in_public;
            """;

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_source_uri_source_source_id",
                table: "source_uri");

            migrationBuilder.DropTable(
                name: "uri_claim");

            migrationBuilder.DropIndex(
                name: "ix_passage_context_of_id",
                table: "passage");

            migrationBuilder.DropIndex(
                name: "ix_annotation_source_id_created1",
                table: "annotation");

            migrationBuilder.DropColumn(
                name: "added",
                table: "source_uri");

            migrationBuilder.DropColumn(
                name: "is_public",
                table: "source_uri");

            migrationBuilder.DropColumn(
                name: "version",
                table: "source_uri");

            migrationBuilder.DropColumn(
                name: "title_given",
                table: "source");

            migrationBuilder.DropColumn(
                name: "cited_author",
                table: "snapshot");

            migrationBuilder.DropColumn(
                name: "cited_title",
                table: "snapshot");

            migrationBuilder.DropColumn(
                name: "uri",
                table: "snapshot");

            migrationBuilder.DropColumn(
                name: "context_of_id",
                table: "passage");

            migrationBuilder.DropColumn(
                name: "cited_author",
                table: "annotation");

            migrationBuilder.DropColumn(
                name: "cited_title",
                table: "annotation");

            migrationBuilder.AddForeignKey(
                name: "fk_source_uri_sources_source_id",
                table: "source_uri",
                column: "source_id",
                principalTable: "source",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
