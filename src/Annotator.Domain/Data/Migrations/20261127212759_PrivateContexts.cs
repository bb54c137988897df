using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Annotator.Domain.Data.Migrations
{
    /// <inheritdoc />
    public partial class PrivateContexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Places that were found by a context that somebody gave privately are looked for anew, by the words. Those that a person
            // has said stay; of exact ones nothing tells who found them.
            migrationBuilder.Sql(
                """
                delete from passage_place o using passage p
                where p.id = o.passage_id and p.context_of_id is not null and not (o.confidence = 1 and o.kind <> 0);
                update passage p set prefix = '', suffix = '', position_start = null, position_end = null, context_of_id = null
                where context_of_id is not null and not exists (select from annotation a where a.id = p.context_of_id)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
