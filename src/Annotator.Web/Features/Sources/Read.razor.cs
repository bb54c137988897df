using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Reading;
using Annotator.Web.Components.Shared;
using Annotator.Web.Hosting;
using Annotator.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Sources;

/// <summary>One source: its passages in order with the commentary beside each. What is being written is in the address.</summary>
public sealed partial class Read(SourceReader sources, AnnotationWriter writer, ViewerAccessor viewers, NavigationManager navigation, TimeProvider clock)
{
    // Null until it is read: Blazor renders once before.
    private SourceReading? _reading;
    private Dictionary<Guid, int>? _numbers;
    private Desk _desk = default!;
    private Refusal? _refused;

    // What the form is about has gone while it was being filled in.
    private bool _isAdrift;

    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery]
    public string? Comment { get; set; }

    [SupplyParameterFromQuery]
    public string? Reply { get; set; }

    [SupplyParameterFromQuery]
    public string? Edit { get; set; }

    [SupplyParameterFromQuery]
    public string? Note { get; set; }

    [SupplyParameterFromQuery]
    public string? Quote { get; set; }

    /// <summary>Public id of an annotation that was deleted just now.</summary>
    [SupplyParameterFromQuery]
    public string? Undo { get; set; }

    /// <summary>Public id of the annotation to show first: one that was written just now.</summary>
    [SupplyParameterFromQuery]
    public string? At { get; set; }

    [SupplyParameterFromForm(FormName = "composer")]
    public CommentForm? Form { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var viewer = await viewers.CurrentAsync();
        _reading = await sources.ReadAsync(viewer, PublicId.TryParse(Id, out var id) ? id : throw new NotFound("source"), CancellationToken.None);
        var (task, target) = Asked();
        if (viewer.PersonId is null && task is not DeskTask.Nothing)
            throw new Forbidden("sign_in");
        _desk = new Desk(viewer, $"/sources/{Id}", task, target, task is DeskTask.Nothing ? null : Composer)
        {
            Shown = PublicId.TryParse(At, out var shown) ? shown : null,
        };
        // A form that is sent is answered in the form, so that its text is not lost; a link is answered with a page.
        _isAdrift = !IsHere(task, target);
        if (Form is not null)
            return;
        if (_isAdrift)
            throw new NotFound(task is DeskTask.Comment ? "passage" : "annotation");
        if (task is DeskTask.Edit && !Target()!.IsMine)
            throw new Forbidden("edit");
        Form = task is DeskTask.Edit ? CommentForm.Editing(Target()!) : CommentForm.New(clock);
        Form.PassageLanguage = QuotedFirst()?.Language;
    }

    private bool IsHere(DeskTask task, Guid? target) => task switch
    {
        DeskTask.Comment => _reading!.Passages.Any(p => p.Id == target),
        DeskTask.Reply or DeskTask.Edit => Target() is not null,
        _ => true,
    };

    private (DeskTask Task, Guid? Target) Asked()
    {
        if (Note is not null)
            return (DeskTask.Note, null);
        if (Quote is not null)
            return (DeskTask.Quote, null);
        var asked = new[] { (DeskTask.Comment, Comment), (DeskTask.Reply, Reply), (DeskTask.Edit, Edit) };
        foreach (var (task, target) in asked)
        {
            if (target is not null)
                return (task, PublicId.TryParse(target, out var id) ? id : throw new NotFound("annotation"));
        }

        return (DeskTask.Nothing, null);
    }

    private AnnotationView? Target() => _reading!.Annotations.FirstOrDefault(a => a.Id == _desk.Target);

    /// <summary>The passage that the comment being edited was the first to quote.</summary>
    private PassageView? QuotedFirst() =>
        _desk.Task is DeskTask.Edit ? _reading!.Passages.FirstOrDefault(p => p.Threads is [{ Root: { IsMine: true } first }, ..] && first.Id == _desk.Target) : null;

    private async Task SaveAsync()
    {
        try
        {
            RequireWords();
            var saved = _desk.Task is DeskTask.Edit
                ? await writer.EditAsync(_desk.Viewer, _desk.Target!.Value, Form!.ToEdit(), CancellationToken.None)
                : await writer.CreateAsync(_desk.Viewer, Draft(Form!), CancellationToken.None);
            if (QuotedFirst() is { } passage && Form!.PassageLanguage is { Length: > 0 } language && !string.Equals(language, passage.Language, StringComparison.Ordinal))
                await writer.CorrectPassageAsync(_desk.Viewer, passage.Id, language, CancellationToken.None);
            // A fragment does not survive the redirect of an enhanced form.
            navigation.NavigateTo($"{_desk.SourceUrl}?at={saved.PublicId}#a-{saved.PublicId}");
        }
        catch (Refusal refusal) when (refusal is Invalid or NotFound or EditConflict)
        {
            _refused = refusal;
            // What stands now has been shown: saving again means it.
            if (refusal is EditConflict { Current.Version: var version })
                Form!.Version = version;
        }
    }

    // Without words it would be one more highlight of the same passage, or an empty answer.
    private void RequireWords()
    {
        var mayBeEmpty = _desk.Task is DeskTask.Quote || (_desk.Task is DeskTask.Edit && Target() is { IsHighlight: true });
        if (!mayBeEmpty && string.IsNullOrWhiteSpace(Form!.Body))
            throw new Invalid("body", "required");
    }

    private AnnotationDraft Draft(CommentForm form)
    {
        var draft = form.ToDraft() with { SourceId = _reading!.Source.Id };
        return _desk.Task switch
        {
            DeskTask.Comment => draft with { PassageId = _desk.Target },
            DeskTask.Reply => draft with { References = [_desk.Target!.Value] },
            DeskTask.Quote => draft with { Quote = new Quote(form.Quote ?? "") },
            _ => draft,
        };
    }

    private string Heading(Words words) => _desk.Task switch
    {
        DeskTask.Reply => words["Composer.Reply", Target()?.Author.Name ?? ""],
        DeskTask.Edit => words["Composer.Edit"],
        DeskTask.Note => words["Composer.Note"],
        _ => words["Composer.Comment"],
    };

    private string Cancel() => _desk.Task switch
    {
        DeskTask.Comment => $"{_desk.SourceUrl}#p-{Comment}",
        DeskTask.Reply or DeskTask.Edit => $"{_desk.SourceUrl}#a-{Reply ?? Edit}",
        _ => _desk.SourceUrl,
    };

    private string DraftKey() => $"{_desk.Viewer.PersonId}/{Id}/{_desk.Task}/{_desk.Target}";

    private int Number(Guid passage) => (_numbers ??= _reading!.Passages.ToDictionary(p => p.Id, p => p.Number))[passage];

    private static string Host(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? parsed.IdnHost : uri;
}
