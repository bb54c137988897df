using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Annotator.Domain.Data.Migrations;

/// <summary>
/// What was cited privately of a source is on few annotations: without these indexes all annotations of a source are read for it,
/// for each row of the library.
/// </summary>
[DbContext(typeof(AnnotatorDb))]
[Migration("20261127163400_CitedIndexes")]
public sealed class CitedIndexes : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        create index ix_annotation_cited_title on annotation (source_id, created) where cited_title is not null;
        create index ix_annotation_cited_author on annotation (source_id, created) where cited_author is not null
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "drop index ix_annotation_cited_title; drop index ix_annotation_cited_author");
}
