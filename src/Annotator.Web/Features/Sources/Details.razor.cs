using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Web.Components.Shared;
using Annotator.Domain.Sources;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Sources;

/// <summary>What is known of a source: who has added it corrects or removes it here, all who read it see the corrections.</summary>
public sealed partial class Details(
    SourceCorrection correction, SourceRemoval removal, SourceReader sources, ViewerAccessor viewers, NavigationManager navigation)
{
    private Viewer _viewer = Viewer.Visitor;
    private SourceRevisionView? _now;
    private List<(SourceRevisionView Before, SourceRevisionView After)> _changes = [];
    private bool _mayCorrect;
    private RemovalPreview? _removal;
    private Refusal? _refused;

    /// <summary>Public id of the source.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromForm(FormName = "details")]
    public DetailsForm? Form { get; set; }

    private Guid Source => PublicId.Parse(Id, "source");

    protected override async Task OnInitializedAsync()
    {
        _viewer = await viewers.CurrentAsync();
        var now = await sources.DetailsAsync(_viewer, Source, Aborted);
        var earlier = await correction.HistoryAsync(_viewer, Source, Aborted);
        _mayCorrect = await correction.IsAllowedAsync(_viewer, Source, Aborted);
        _removal = await removal.PreviewAsync(_viewer, Source, Aborted);
        _now = new SourceRevisionView(now.Title, now.Author, now.Language, default, null) { Kind = now.Kind, Addresses = now.Uris };
        _changes = [.. earlier.Zip(earlier.Prepend(_now))];
        Form ??= new DetailsForm
        {
            Title = now.Title, Author = now.Author, Language = now.Language, Kind = now.Kind, Addresses = string.Join('\n', now.Uris),
        };
    }

    private async Task SaveAsync()
    {
        try
        {
            await correction.CorrectAsync(_viewer, Source, Form!.ToDetails(), ToTheEnd);
            navigation.NavigateTo($"/sources/{Id}");
        }
        catch (Invalid invalid)
        {
            _refused = invalid;
        }
    }

    private IEnumerable<(string What, string Before, string After)> Changed(SourceRevisionView before, SourceRevisionView after) =>
        new[]
        {
            ("New.SourceTitle", before.Title, after.Title),
            ("New.Author", before.Author ?? "", after.Author ?? ""),
            ("New.Language", Name(before.Language), Name(after.Language)),
            ("Details.Kind", L[$"Kind.{before.Kind}"], L[$"Kind.{after.Kind}"]),
            ("Details.Addresses", string.Join('\n', before.Addresses), string.Join('\n', after.Addresses)),
        }.Where(c => !string.Equals(c.Item2, c.Item3, StringComparison.Ordinal));

    private static string Name(string language) => LanguageMarkup.IsKnown(language) ? LanguageMarkup.NameOf(language) : "";
}

/// <summary>What the form about a source sends.</summary>
public sealed class DetailsForm
{
    public string? Title { get; set; }
    public string? Author { get; set; }
    public string? Language { get; set; }
    public SourceKind Kind { get; set; }

    /// <summary>One a line.</summary>
    public string? Addresses { get; set; }

    internal IReadOnlyList<string> Lines =>
        (Addresses ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    internal SourceDetails ToDetails() => new(Title, Author, Language) { Kind = Kind, Addresses = Lines };
}
