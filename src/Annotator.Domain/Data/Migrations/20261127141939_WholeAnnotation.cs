using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Annotator.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class WholeAnnotation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "extra",
                table: "revision",
                type: "json",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "further_targets",
                table: "revision",
                type: "json",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "passage_id",
                table: "revision",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "selectors",
                table: "revision",
                type: "json",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "uri",
                table: "revision",
                type: "character varying(2048)",
                maxLength: 2048,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "uri",
                table: "annotation",
                type: "character varying(2048)",
                maxLength: 2048,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "annotation_target",
                columns: table => new
                {
                    annotation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    uri = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: true),
                    selectors = table.Column<string>(type: "json", nullable: true),
                    extra = table.Column<string>(type: "json", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_annotation_target", x => new { x.annotation_id, x.position });
                    table.ForeignKey(
                        name: "fk_annotation_target_annotation_annotation_id",
                        column: x => x.annotation_id,
                        principalTable: "annotation",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_revision_passage_id",
                table: "revision",
                column: "passage_id",
                filter: "passage_id is not null");

            migrationBuilder.AddForeignKey(
                name: "fk_revision_passage_passage_id",
                table: "revision",
                column: "passage_id",
                principalTable: "passage",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            migrationBuilder.Sql(Carry);
        }

        // Until now one JSON object held unknown keys, keys that the model has (document, target) and, of imports, whose it was. json
        // functions that unescape refuse \u0000; such rows keep all of it as unknown keys.
        private const string Carry =
            """
            create function pg_temp.members_of(source json, known text[]) returns text language sql as $$
                select string_agg(to_json(key)::text || ':' || value::text, ',' order by place)
                from json_each(source) with ordinality as property (key, value, place)
                where key <> all (known)
            $$;

            create function pg_temp.extra_of(extra json) returns json language plpgsql as $$
            declare
                document text;
                target text;
                hypothesis text;
            begin
                if position('\u0000' in extra::text) > 0 then
                    return ('{"hypothesis":' || extra::text || '}')::json;
                end if;
                if json_typeof(extra -> 'document') = 'object' then
                    document := pg_temp.members_of(extra -> 'document', '{title,author,language}');
                end if;
                if json_typeof(extra -> 'target') = 'array' and json_typeof(extra -> 'target' -> 0) = 'object' then
                    target := pg_temp.members_of(extra -> 'target' -> 0, '{source,selector}');
                end if;
                hypothesis := nullif(concat_ws(',',
                    pg_temp.members_of(extra, '{original,document,target}'), '"document":{' || document || '}', '"target":{' || target || '}'), '');
                return nullif(concat('{', concat_ws(',', '"hypothesis":{' || hypothesis || '}', '"original":' || (extra -> 'original')::text), '}'), '{}')::json;
            end
            $$;

            insert into annotation_target (annotation_id, position, uri, selectors, extra)
            select a.id, t.place - 1, left(t.value ->> 'source', 2048), t.value -> 'selector',
                ('{"hypothesis":{' || pg_temp.members_of(t.value, '{source,selector}') || '}}')::json
            from annotation a
            cross join lateral json_array_elements(case
                when a.extra is null or position('\u0000' in a.extra::text) > 0 or json_typeof(a.extra -> 'target') is distinct from 'array' then '[]'
                else a.extra -> 'target'
            end) with ordinality as t (value, place)
            where t.place > 1 and json_typeof(t.value) = 'object';

            update annotation a
            set uri = (select min(u.uri) from source_uri u where u.source_id = a.source_id having count(*) = 1),
                extra = case when a.extra is not null then pg_temp.extra_of(a.extra) end;

            update revision r
            set passage_id = a.passage_id, uri = a.uri, selectors = a.selectors, extra = a.extra,
                further_targets = (
                    select json_agg(json_build_object('uri', t.uri, 'selectors', t.selectors::text, 'extra', t.extra::text) order by t.position)
                    from annotation_target t where t.annotation_id = a.id)
            from annotation a
            where a.id = r.annotation_id;

            drop function pg_temp.extra_of(json);
            drop function pg_temp.members_of(json, text[]);
            """;

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_revision_passage_passage_id",
                table: "revision");

            migrationBuilder.DropTable(
                name: "annotation_target");

            migrationBuilder.DropIndex(
                name: "ix_revision_passage_id",
                table: "revision");

            migrationBuilder.DropColumn(
                name: "extra",
                table: "revision");

            migrationBuilder.DropColumn(
                name: "further_targets",
                table: "revision");

            migrationBuilder.DropColumn(
                name: "passage_id",
                table: "revision");

            migrationBuilder.DropColumn(
                name: "selectors",
                table: "revision");

            migrationBuilder.DropColumn(
                name: "uri",
                table: "revision");

            migrationBuilder.DropColumn(
                name: "uri",
                table: "annotation");
        }
    }
}
