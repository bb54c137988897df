using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Search;
using Annotator.Domain.Sources;

namespace Annotator.Tests.Abuse;

/// <summary>
/// Something that only its owner sees. Its words are <c>zqx…</c> and <c>vjkhidden…</c>: by the first somebody may ask, and an answer may
/// repeat what was asked; the second must be in no answer.
/// </summary>
/// <param name="Ids">Public ids of it and of what is private with it.</param>
internal sealed record Secret(string Kind, IReadOnlyList<string> Ids)
{
    /// <summary>False: its id belongs to something that others see.</summary>
    public bool IsHidden { get; init; } = true;

    /// <summary>False: not even the owner sees it any more.</summary>
    public bool IsShownToOwner { get; init; } = true;

    public string Asked => $"zqx{Kind}";

    public string Told => $"vjkhidden{Kind}";

    public static bool IsToldIn(string text) => text.Contains("vjkhidden", StringComparison.OrdinalIgnoreCase);

    /// <summary>Writes one of each kind.</summary>
    public static async Task<IReadOnlyList<Secret>> WriteAsync(AttackedProgram program)
    {
        var (owner, writer) = (program["Owner"], program.Service<AnnotationWriter>());
        var open = Drafts.Walden;
        var note = await writer.CreateAsync(owner, Drafts.CommentOn(Words("note"), Words("note"), open).Private(), Ct);
        var cited = new Citation("https://texts.example/vjkhiddensource", Words("source"), Words("source"), "en");
        var source = await writer.CreateAsync(
            owner, Drafts.PageNote(Words("source"), cited).Private() with { Tags = ["zqxsource", "vjkhiddensource"] }, Ct);
        var text = await program.Service<SourceTexts>()
            .StoreAsync(owner, Drafts.Text(Words("text")), Drafts.Unique(Words("text")).Details() with { Shared = false }, Ct);
        var inGroup = Drafts.CommentOn(Words("group"), Words("group"), Drafts.Unique(Words("group")));
        var shared = await writer.CreateAsync(owner, inGroup with { GroupId = AttackedProgram.Circle }, Ct);
        var revised = await writer.CreateAsync(owner, Drafts.PageNote(Words("revision"), open).Private(), Ct);
        await writer.EditAsync(owner, revised.Id, new AnnotationEdit(revised.Version, "All may read this too.", "en", [], true), Ct);
        var deleted = await writer.CreateAsync(owner, Drafts.PageNote(Words("deleted"), open).Private(), Ct);
        await program.Service<AnnotationRemoval>().DeleteAsync(owner, deleted.Id, Ct);
        var held = await writer.CreateAsync(owner, Drafts.PageNote(Words("held"), open), Ct);
        await program.Service<AnnotationModeration>().ModerateAsync(program["Keeper"], held.Id, ModerationState.Hidden, null, Ct);
        await program.Service<SavedSearches>().SaveAsync(owner, SearchQuery.Parse(Words("search")), null, Ct);
        var saved = (await program.Service<SavedSearches>().ListAsync(owner, Ct)).Single();
        return
        [
            new("note", [note.PublicId, PublicId.Of(note.PassageId!.Value)]),
            new("source", [source.PublicId, PublicId.Of(source.SourceId)]),
            new("text", [PublicId.Of(text.Id), PublicId.Of(text.SourceId)]),
            new("group", [shared.PublicId, PublicId.Of(shared.SourceId), PublicId.Of(shared.PassageId!.Value)]),
            new("revision", [revised.PublicId]) { IsHidden = false },
            new("deleted", [deleted.PublicId]) { IsShownToOwner = false },
            new("held", [held.PublicId]),
            new("search", [PublicId.Of(saved.Id), saved.Id.ToString()]),
        ];
    }

    private static string Words(string kind) => $"zqx{kind} vjkhidden{kind}";
}
