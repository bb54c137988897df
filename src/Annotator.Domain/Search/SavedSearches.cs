using Annotator.Domain.Access;
using Annotator.Domain.Data;
using Annotator.Domain.Kernel;
using Annotator.Domain.Text;
using Microsoft.EntityFrameworkCore;

namespace Annotator.Domain.Search;

/// <summary>Searches that somebody wants to make again.</summary>
public sealed class SavedSearches(IDbContextFactory<AnnotatorDb> databases, TimeProvider clock)
{
    /// <summary>Of one person.</summary>
    public const int MaxCount = 100;

    /// <summary>The viewer's own, by name; none for a visitor.</summary>
    public async Task<IReadOnlyList<SavedSearch>> ListAsync(Viewer viewer, CancellationToken ct)
    {
        if (viewer.PersonId is not { } person)
            return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.SavedSearches.AsNoTracking()
            .Where(s => s.PersonId == person)
            .OrderBy(s => s.Name)
            .ThenBy(s => s.Id)
            .ToListAsync(ct);
    }

    /// <summary>Keeps a query under a name; the same query again gets the new name.</summary>
    /// <param name="name">The query itself when empty.</param>
    /// <exception cref="Forbidden">The viewer is a visitor.</exception>
    /// <exception cref="Invalid">The field is <c>query</c> or <c>name</c>.</exception>
    public async Task SaveAsync(Viewer viewer, SearchQuery query, string? name, CancellationToken ct)
    {
        var person = viewer.RequirePerson();
        var typed = query.ToString();
        if (query.IsEmpty)
            throw new Invalid("query", "required");
        if (typed.Length > Limits.SearchQuery)
            throw new Invalid("query", "too_long", Limits.SearchQuery);
        var called = UserText.Line("name", name, Limits.Title);
        await using var db = await databases.CreateDbContextAsync(ct);
        var own = await db.SavedSearches.Where(s => s.PersonId == person).ToListAsync(ct);
        var saved = own.Find(s => string.Equals(s.Query, typed, StringComparison.Ordinal));
        if (saved is null)
        {
            if (own.Count >= MaxCount)
                throw new Invalid("query", "too_many", MaxCount);
            db.SavedSearches.Add(saved = SavedSearch.Of(person, typed, clock.GetUtcNow()));
        }

        saved.BeCalled(called ?? "");
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Forgets a search of the viewer's; nothing happens when it is gone already.</summary>
    /// <exception cref="Forbidden">The viewer is a visitor.</exception>
    public async Task RemoveAsync(Viewer viewer, Guid id, CancellationToken ct)
    {
        var person = viewer.RequirePerson();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.SavedSearches.Where(s => s.Id == id && s.PersonId == person).ExecuteDeleteAsync(ct);
    }
}

/// <summary>A search that somebody wants to make again.</summary>
public sealed class SavedSearch
{
    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>As typed, in its simplest form.</summary>
    public string Query { get; private set; } = "";

    public string Name { get; private set; } = "";
    public DateTimeOffset Created { get; private set; }

    private SavedSearch() { }

    internal static SavedSearch Of(Guid personId, string query, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), PersonId = personId, Query = query, Created = now };

    internal void BeCalled(string name) => Name = name.Length > 0 ? name : Query;
}
