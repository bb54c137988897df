using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.People;
using Annotator.Domain.Sources;

namespace Annotator.Tests.Domain.Access;

/// <summary>
/// Every state of an annotation in every kind of group, each on a source of its own, every kind of text likewise, and every kind of
/// viewer.
/// </summary>
internal sealed class Matrix
{
    /// <summary>On each annotation, beside a tag of its own.</summary>
    public const string Tag = "matrix";

    private static readonly (string Id, GroupKind Kind)[] Groups =
        [
            (Viewer.PublicGroup, GroupKind.Public),
            ("open", GroupKind.Open),
            ("restricted", GroupKind.Restricted),
            ("private", GroupKind.Private),
        ];

    private Matrix() { }

    public Dictionary<string, Viewer> Viewers { get; } = new(StringComparer.Ordinal)
    {
        ["visitor"] = Viewer.Visitor, ["operator"] = Viewer.Operator,
    };
    public List<Case> Cases { get; } = [];

    public List<TextCase> Texts { get; } = [];

    /// <summary>Public ids of the groups that people write in.</summary>
    public static IEnumerable<(string Id, GroupKind Kind)> Circles => Groups;

    public static async Task<Matrix> CreateAsync(TestStore store)
    {
        var matrix = new Matrix();
        await matrix.AddPeopleAsync(store);
        foreach (var (group, kind) in Groups)
        {
            foreach (var state in Enum.GetValues<State>())
            {
                foreach (var author in new[] { "author", "silenced" })
                {
                    matrix.Cases.Add(await matrix.WriteAsync(store, new Case(matrix.Cases.Count, group, kind, state, author)));
                    if (state is State.OnlyMe or State.Approved)
                    {
                        matrix.Texts.Add(
                            await matrix.AddTextAsync(store, new Case(matrix.Texts.Count, group, kind, state, author) { Word = "text" }));
                    }
                }
            }
        }

        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        (await db.People.FindAsync([matrix.Viewers["silenced"].PersonId], Ct))!.Silence();
        await db.SaveChangesAsync(Ct);
        return matrix;
    }

    /// <summary>The rule in other words than the program's.</summary>
    public static bool IsFor(string viewer, Case it)
    {
        var isMember = it.Kind is not GroupKind.Public && viewer is "author" or "silenced" or "member" or "moderator" or "owner";
        var readsGroup = it.Kind is not GroupKind.Private || isMember || viewer is "operator";
        var judges = viewer is "operator"
            || (viewer is "moderator" or "owner" && it.Kind is not GroupKind.Public)
            || (viewer is "administrator" && it.Kind is not GroupKind.Private);
        return it switch
        {
            { State: State.Deleted } => false,
            { State: State.OnlyMe } => string.Equals(viewer, it.Author, StringComparison.Ordinal),
            { State: State.Approved, Author: not "silenced" } => readsGroup,
            _ => string.Equals(viewer, it.Author, StringComparison.Ordinal) || judges,
        };
    }

    /// <summary>Whether somebody with an account belongs to a group of a kind.</summary>
    public static bool Belongs(string viewer, GroupKind kind) =>
        kind is GroupKind.Public || viewer is "author" or "silenced" or "member" or "moderator" or "owner";

    private async Task AddPeopleAsync(TestStore store)
    {
        await using var db = await store.Databases.CreateDbContextAsync(Ct);
        var circles = Groups.Skip(1).ToArray();
        db.Groups.AddRange(circles.Select(g => Group.Create(g.Id, g.Id, g.Kind, store.Clock.GetUtcNow())));
        foreach (var name in new[] { "author", "silenced", "outsider", "member", "moderator", "owner", "administrator" })
        {
            var person = Person.Named(new Userid(name, "matrix.example"), null, store.Clock.GetUtcNow());
            db.People.Add(person);
            string[] groups = name is "outsider" or "administrator" ? [] : [.. circles.Select(g => g.Id)];
            var role = name switch { "moderator" => GroupRole.Moderator, "owner" => GroupRole.Owner, _ => GroupRole.Member };
            db.Memberships.AddRange(groups.Select(g => Membership.Of(person.Id, g, store.Clock.GetUtcNow(), role)));
            Viewers[name] = new Viewer(person.Id)
            {
                Reads = [.. groups.Where(g => g is "private")],
                Writes = groups,
                Moderates = role is GroupRole.Member ? [] : groups,
                IsAdministrator = name is "administrator",
            };
        }

        await db.SaveChangesAsync(Ct);
    }

    private async Task<TextCase> AddTextAsync(TestStore store, Case it)
    {
        var citation = new Citation($"https://matrix.example/text/{it.Name}", $"Text {it.Name}", null, "en");
        var text = await store.Texts.StoreAsync(
            Viewers[it.Author],
            Drafts.Text($"The text of {it.Name}."),
            citation.Details() with { GroupId = it.Group, Shared = it.State is State.Approved },
            Ct);
        return new TextCase(it, text.Id, text.SourceId);
    }

    private async Task<Case> WriteAsync(TestStore store, Case it)
    {
        var author = Viewers[it.Author];
        var source = new Citation($"https://matrix.example/{it.Name}", $"Title {it.Name}", null, "en");
        var draft = Drafts.CommentOn(
            $"words of {it.Name}", "A comment", source) with
            {
                GroupId = it.Group, Tags = [Tag, it.Name], Shared = it.State is not State.OnlyMe,
            };
        var view = await store.WriteAsync(author, draft);
        if (it.State is State.Deleted)
        {
            await store.Removal.DeleteAsync(author, view.Id, Ct);
        }
        else if (Enum.TryParse<ModerationState>(it.State.ToString(), out var held) && held is not ModerationState.Approved)
        {
            await store.Moderation.ModerateAsync(
                Viewers[it.Kind is GroupKind.Public ? "administrator" : "moderator"], view.Id, held, null, Ct);
        }
        return it with { View = view };
    }
}

internal enum State
{
    OnlyMe,
    Approved,
    Pending,
    Denied,
    Spam,
    Hidden,
    Deleted,
}

internal sealed record Case(int Number, string Group, GroupKind Kind, State State, string Author)
{
    /// <summary>A word that stands in nothing else.</summary>
    public string Name => $"{Word}{Number}{Group.Trim('_')}{State}{Author}".ToLowerInvariant();

    public string Word { get; init; } = "case";

    public AnnotationView View { get; init; } = null!;
}

/// <summary>A text that is read as an annotation of its state is.</summary>
internal sealed record TextCase(Case As, Guid Id, Guid SourceId);
