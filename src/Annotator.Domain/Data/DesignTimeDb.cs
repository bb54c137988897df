using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Annotator.Domain.Data;

/// <summary>Gives <c>dotnet ef migrations add</c> the model without a running server.</summary>
public sealed class DesignTimeDb : IDesignTimeDbContextFactory<AnnotatorDb>
{
    /// <summary>A context that never connects.</summary>
    public AnnotatorDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AnnotatorDb>();
        AnnotatorDb.Configure(options, "Host=localhost;Database=annotator");
        return new AnnotatorDb(options.Options);
    }
}
