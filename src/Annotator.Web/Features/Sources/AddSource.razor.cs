using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Sources;
using Annotator.Web.Components.Shared;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Sources;

/// <summary>Adds a source by a passage of it: the words first, then where they are from.</summary>
[Authorize, TakesUpTo(BodyLimits.Writing)]
public sealed partial class AddSource(AnnotationWriter writer, ViewerAccessor viewers, NavigationManager navigation, TimeProvider clock)
{
    private Viewer _viewer = Viewer.Visitor;
    private Refusal? _refused;

    [SupplyParameterFromForm(FormName = "source")]
    public NewSourceForm? Form { get; set; }

    /// <summary>What another program brings along (<see cref="AddEndpoint"/>); any of it may be left out.</summary>
    [SupplyParameterFromQuery]
    public string? Url { get; set; }

    [SupplyParameterFromQuery]
    public string? Title { get; set; }

    [SupplyParameterFromQuery]
    public string? Text { get; set; }

    // The words are there: the comment comes next.
    private bool IsBrought => !string.IsNullOrEmpty(Text) && _refused is null;

    // What is brought along has a draft of its own: another one would take its place.
    private string DraftKey =>
        $"{_viewer.PersonId}/new{((Url ?? Text ?? Title) is null ? "" : "/" + PageVersions.Short($"{Url} {Title} {Text}"))}";

    protected override async Task OnInitializedAsync()
    {
        Form ??= new NewSourceForm { Id = PublicId.Of(PublicId.New(clock)), Address = Url, Title = Title, Quote = Text };
        _viewer = await viewers.CurrentAsync();
    }

    private async Task SaveAsync()
    {
        try
        {
            var saved = await writer.CreateAsync(_viewer, Form!.ToDraft(), ToTheEnd);
            navigation.NavigateTo($"/sources/{PublicId.Of(saved.SourceId)}?at={saved.PublicId}#a-{saved.PublicId}");
        }
        catch (Invalid invalid)
        {
            _refused = invalid;
            if (invalid.Reason is "already_sent")
                Form!.Id = PublicId.Of(PublicId.New(clock));
        }
    }
}

/// <summary>A passage with its citation.</summary>
public sealed class NewSourceForm
{
    public string Id { get; set; } = "";
    public string? Quote { get; set; }
    public string? Title { get; set; }
    public string? Author { get; set; }

    /// <summary>URL, DOI or ISBN as people paste it.</summary>
    public string? Address { get; set; }
    public string? SourceLanguage { get; set; }
    public string? Body { get; set; }
    public string? Language { get; set; }
    public string? Tags { get; set; }
    public bool OnlyMe { get; set; }

    public AnnotationDraft ToDraft() =>
        new CommentForm { Id = Id, Body = Body, Language = Language, Tags = Tags, OnlyMe = OnlyMe }.ToDraft() with
        {
            Source = new Citation(TargetOf(Address), Title, Author, SourceLanguage),
            Quote = new Quote(Quote ?? ""),
        };

    /// <exception cref="Invalid">It is neither a URL nor a DOI nor an ISBN.</exception>
    internal static string? TargetOf(string? address)
    {
        if (string.IsNullOrWhiteSpace(address))
            return null;
        return UriNormalizer.TryParseTarget(address, out var uri, out var reason)
            ? uri
            : throw new Invalid(
                "uri", reason, string.Equals(reason, "too_long", StringComparison.Ordinal) ? UriNormalizer.MaxLength : null);
    }
}
