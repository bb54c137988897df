using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Annotator.Domain.Data;

/// <summary>Lets <c>dotnet ef migrations add</c> see the model without starting a server.</summary>
public sealed class DesignTimeDb : IDesignTimeDbContextFactory<AnnotatorDb>
{
    public AnnotatorDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, "Host=localhost;Database=annotator");
        return new AnnotatorDb(options.Options);
    }
}
