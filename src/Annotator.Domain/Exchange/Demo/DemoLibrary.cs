using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Changes;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Sources;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Exchange.Demo;

/// <summary>A few annotated texts in many languages, for people who have nothing of their own to look at yet.</summary>
public sealed class DemoLibrary(IDbContextFactory<AnnotatorDb> databases, Importer importer, SourceTexts texts, TimeProvider clock)
{
    private const string Texts = "Annotator.Domain.Exchange.Demo.Texts.";

    /// <summary>How long a store without it is taken for one: to find nobody of it, PostgreSQL reads all people.</summary>
    private static readonly TimeSpan Absent = TimeSpan.FromMinutes(1);

    // Ticks of the clock's time until which nobody of it is there.
    private long _absentUntil;

    /// <summary>The authority of all people of the demo library, by which it is recognised.</summary>
    public const string Authority = "demo.annotator.example";

    /// <summary>Adds the library; what is there already stays as it is.</summary>
    /// <exception cref="FileNotFoundException">The program was built without it.</exception>
    public async Task<ImportReport> LoadAsync(IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        await using var file = typeof(DemoLibrary).Assembly.GetManifestResourceStream(typeof(DemoLibrary), "library.jsonl")
            ?? throw new FileNotFoundException("The program was built without the demo library.", "library.jsonl");
        var report = await LoadAsync(file, progress, ct);
        await AddTextsAsync(ct);
        Volatile.Write(ref _absentUntil, 0);
        return report;
    }

    /// <summary>Whether a person of the demo library is in the store. What another process adds is seen within a minute.</summary>
    public async Task<bool> IsLoadedAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now.UtcTicks < Volatile.Read(ref _absentUntil))
            return false;
        await using var db = await databases.CreateDbContextAsync(ct);
        var isLoaded = await db.People.AnyAsync(p => p.Authority == Authority, ct);
        if (!isLoaded)
            Volatile.Write(ref _absentUntil, (now + Absent).UtcTicks);
        return isLoaded;
    }

    /// <summary>Removes what its people wrote, and the passages and sources that nobody else speaks of. Replies of others stay.</summary>
    /// <returns>How many annotations went.</returns>
    /// <exception cref="Forbidden">The viewer does not run the installation.</exception>
    public async Task<int> RemoveAsync(Viewer viewer, CancellationToken ct)
    {
        viewer.Require(Permissions.RemoveDemo, Standing.Anywhere);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await ChangeLog.AddAsync(
            db, await ChangeRecorder.RemovedAsync(db.Annotations.Where(a => a.Author!.Authority == Authority), ct), ct);
        await db.Snapshots.Where(s => db.People.Any(p => p.Id == s.AddedById && p.Authority == Authority)).ExecuteDeleteAsync(ct);
        var removed = await db.Annotations.Where(a => a.Author!.Authority == Authority).ExecuteDeleteAsync(ct);
        await AnnotationRemoval.RemoveBareAsync(db, ct);
        await db.People.Where(p => p.Authority == Authority).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return removed;
    }

    // Of some sources the whole text is there, to be read with its commentary in the margin.
    private async Task AddTextsAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var keeper = await db.People.Where(p => p.Authority == Authority).OrderBy(p => p.Username).Select(p => p.Id).FirstAsync(ct);
        var assembly = typeof(DemoLibrary).Assembly;
        foreach (var name in assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Texts, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            await using var file = assembly.GetManifestResourceStream(name)!;
            var address = $"https://{Authority}/{Path.GetFileNameWithoutExtension(name[Texts.Length..])}";
            await texts.AddAsync(new Viewer(keeper), new IncomingText.File(file, name), new TextDetails { Uri = address }, ct);
        }
    }

    internal Task<ImportReport> LoadAsync(Stream file, IProgress<ImportProgress>? progress, CancellationToken ct) =>
        importer.ImportAsync(
            Viewer.Operator,
            file,
            new ImportOptions { Format = ImportFormat.Hypothesis, DefaultAuthority = Authority, KeepAuthors = true },
            progress,
            ct
        );
}
