using System.Globalization;
using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Groups;
using Annotator.Domain.Kernel;
using Annotator.Domain.Passages;
using Annotator.Domain.Passages.Anchoring;
using Annotator.Domain.Reading;
using Annotator.Web.Components.Shared;
using Annotator.Web.Hosting;
using Annotator.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Sources;

/// <summary>One source: its passages in order with the commentary beside each. What is being written is in the address.</summary>
[SameForVisitors, TakesUpTo(BodyLimits.Writing)]
public sealed partial class Read(
    SourceReader sources, AnnotationWriter writer, ViewerAccessor viewers, NavigationManager navigation, TimeProvider clock,
    PageVersions versions)
{
    // Blazor renders once before, with what is there then.
    private bool _isReady;
    private AnnotationView? _sent;
    private SourceReading? _reading;
    private string _version = "";
    private ReaderSettings _settings = new();

    // What is selected in the text, to be commented.
    private Quote? _selected;
    private WritingState _writing = default!;
    private Refusal? _refused;

    // Whether the comment being edited was the first to quote its passage.
    private bool _isFirst;

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

    /// <summary>A new passage: where it stands in the text, as <c>120-145</c>, or anything to be asked for its words.</summary>
    [SupplyParameterFromQuery(Name = "quote")]
    public string? Quoted { get; set; }

    /// <summary>The first words of the new passage as the browser sees them.</summary>
    [SupplyParameterFromQuery]
    public string? Words { get; set; }

    /// <summary>Given where somebody came to tag.</summary>
    [SupplyParameterFromQuery]
    public string? Tag { get; set; }

    [SupplyParameterFromQuery]
    public string? Place { get; set; }

    /// <summary>Public id of the text to read; without it the newest.</summary>
    [SupplyParameterFromQuery]
    public string? Snapshot { get; set; }

    /// <summary>Public id of a highlight that was made just now.</summary>
    [SupplyParameterFromQuery]
    public string? Made { get; set; }

    /// <summary>Public id of an annotation that was deleted just now.</summary>
    [SupplyParameterFromQuery]
    public string? Undo { get; set; }

    /// <summary>Public id of the annotation to show first: one that was written just now.</summary>
    [SupplyParameterFromQuery]
    public string? At { get; set; }

    /// <summary>Public id of an annotation or a passage: of a long source the window that holds it is shown.</summary>
    [SupplyParameterFromQuery]
    public string? In { get; set; }

    /// <summary>Of a passage, to go to.</summary>
    [SupplyParameterFromQuery]
    public string? Number { get; set; }

    [SupplyParameterFromForm(FormName = "composer")]
    public CommentForm? Form { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _sent = await SentAsync();
        if (_sent is null)
            await PrepareAsync();
        _isReady = _sent is null;
    }

    // Stores a comment or a reply without reading the page, which is half of the work. What is refused is sent again, with the page.
    private async Task<AnnotationView?> SentAsync()
    {
        var (task, target) = Asked();
        var isSimple = task is WritingTask.Comment or WritingTask.Reply && !string.IsNullOrWhiteSpace(Form?.Body);
        if (!isSimple || !PublicId.TryParse(Id, out var source))
            return null;
        try
        {
            return await writer.CreateAsync(await viewers.CurrentAsync(), Form!.ToDraft(source, task, target), ToTheEnd);
        }
        catch (Refusal)
        {
            return null;
        }
    }

    private async Task PrepareAsync()
    {
        var viewer = await viewers.CurrentAsync();
        var id = PublicId.TryParse(Id, out var source) ? source : throw new Missing("source");
        _version = await versions.OfAsync(viewer, id, Aborted);
        var (task, target) = Asked();
        _reading = await ReadingAsync(viewer, id, target);
        _settings = ReaderSettings.Of(Http);
        // A passage may have been merged into another of the same words.
        if (task is WritingTask.Comment or WritingTask.Place && !IsHere(task, target))
            target = await sources.PresentIdAsync(viewer, target!.Value, Aborted) ?? target;
        if (viewer.PersonId is null && task is not WritingTask.Nothing)
            throw new Forbidden("sign_in");
        _writing = new WritingState(viewer, $"/sources/{Id}", task, target, task is WritingTask.Nothing ? null : Composer)
        {
            Shown = Known(At),
            Address = _reading.Source.WebUri,
            IsWindowed = _reading.Window is not null,
            Window = WindowLinks.Begin(_reading),
        };
        if (AskedNumber is { } number && _reading.Passages.FirstOrDefault(p => p.Number == number) is { } passage)
            navigation.NavigateTo($"{_writing.SourceUrl}?in={passage.PublicId}#p-{passage.PublicId}");
        _selected = Selected();
        // A form that is sent is answered in the form, so that its text is not lost; a link is answered with a page.
        _isAdrift = !IsHere(task, target);
        _isFirst = task is WritingTask.Edit
            && Target() is { IsMine: true } edited
            && await sources.IsFirstToQuoteAsync(viewer, edited, Aborted);
        if (Form is not null)
            return;
        if (_isAdrift)
            throw new Missing(task is WritingTask.Comment or WritingTask.Place ? "passage" : "annotation");
        if (task is WritingTask.Edit or WritingTask.Reply)
            viewer.Require(task is WritingTask.Edit ? Permissions.Edit : Permissions.Write, Target()!.Standing);
        Form = task is WritingTask.Edit ? CommentForm.Editing(Target()!) : CommentForm.New(clock);
        Form.PassageLanguage = QuotedFirst()?.Language;
        Form.Snapshot = _reading.Text?.Version.PublicId;
        (Form.Quote, Form.Start, Form.End) = (_selected?.Exact, _selected?.Start, _selected?.End);
    }

    // The text that a sent form is about may have been removed while it was filled in: the form is answered beside the newest one.
    private async Task<SourceReading> ReadingAsync(Viewer viewer, Guid id, Guid? target)
    {
        var query = new SourceQuery
        {
            Text = AskedText(),
            Around = target ?? new[] { At, Undo, In }.Select(Known).FirstOrDefault(named => named is not null),
            Number = AskedNumber,
            Position = Span()?.Start,
            Version = _version,
        };
        try
        {
            return await sources.ReadAsync(viewer, id, query, Aborted);
        }
        catch (Missing gone) when (Form is not null && gone.What is "snapshot")
        {
            return await sources.ReadAsync(viewer, id, query with { Text = null }, Aborted);
        }
    }

    private static Guid? Known(string? id) => PublicId.TryParse(id, out var known) ? known : null;

    // What is selected in the text, in code points.
    private (int Start, int End)? Span() =>
        Quoted?.Split('-') is [var first, var last]
        && int.TryParse(first, CultureInfo.InvariantCulture, out var start)
        && int.TryParse(last, CultureInfo.InvariantCulture, out var end) ? (start, end) : null;

    private bool IsHere(WritingTask task, Guid? target) => task switch
    {
        WritingTask.Comment or WritingTask.Place => _reading!.Passages.Any(p => p.Id == target),
        WritingTask.Reply or WritingTask.Edit => Target() is not null,
        _ => true,
    };

    private (WritingTask Task, Guid? Target) Asked() => WritingState.Asked(
        [
            (WritingTask.Note, Note), (WritingTask.Quote, Quoted), (WritingTask.Comment, Comment), (WritingTask.Reply, Reply),
            (WritingTask.Edit, Edit), (WritingTask.Place, Place),
        ]);

    // Any text may stand in an address.
    private int? AskedNumber => int.TryParse(Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    // After a form is sent, its text; a link may name an older one.
    private Guid? AskedText() => (Form?.Snapshot ?? Snapshot) is not { Length: > 0 } asked ? null
        : PublicId.TryParse(asked, out var id) ? id : throw new Missing("snapshot");

    /// <exception cref="Invalid">What the browser sees there is not what the text has there.</exception>
    private Quote? Selected()
    {
        if (_writing.Task is not WritingTask.Quote || _reading?.Text is not { } text || Span() is not var (start, end))
            return null;
        if (end - start > Limits.Quote)
            throw new Invalid("quote", "too_long", Limits.Quote);
        var quote = SnapshotText.Of(text.Text).QuoteAt(start, end);
        return quote is not null && quote.Exact.StartsWith(Words ?? "", StringComparison.Ordinal)
            ? quote
            : throw new Invalid("quote", "not_in_the_text");
    }

    private AnnotationView? Target() => _reading!.Annotations.FirstOrDefault(a => a.Id == _writing.Target);

    // A comment that is no reply is written for everybody.
    private bool IsInGroup => Target()?.Standing.GroupKind is GroupKind.Private;

    /// <summary>The passage that the comment being edited was the first to quote.</summary>
    private PassageView? QuotedFirst() => _isFirst ? _reading!.Passages.FirstOrDefault(p => p.Id == Target()?.PassageId) : null;

    private async Task SaveAsync()
    {
        try
        {
            RequireWords();
            var saved = _writing.Task is WritingTask.Edit
                ? await writer.EditAsync(_writing.Viewer, _writing.Target!.Value, Edited(Form!), ToTheEnd)
                : await writer.CreateAsync(_writing.Viewer, Form!.ToDraft(_reading!.Source.Id, _writing.Task, _writing.Target), ToTheEnd);
            LeadTo(saved);
        }
        catch (Refusal refusal) when (refusal is Invalid or Missing or EditConflict)
        {
            _refused = refusal;
            // What stands now has been shown: saving again means it.
            if (refusal is EditConflict { Current.Version: var version })
                Form!.Version = version;
            // Sent again it is a comment of its own.
            if (refusal is Invalid { Reason: "already_sent" })
                Form!.Id = CommentForm.New(clock).Id;
        }
    }

    // Without words it would be one more highlight of the same passage, or an empty answer.
    private void RequireWords()
    {
        var mayBeEmpty = _writing.Task is WritingTask.Quote || (_writing.Task is WritingTask.Edit && Target() is { IsHighlight: true });
        if (!mayBeEmpty && string.IsNullOrWhiteSpace(Form!.Body))
            throw new Invalid("body", "required");
    }

    // Only who was the first to quote the passage is asked for its language.
    private AnnotationEdit Edited(CommentForm form) =>
        form.ToEdit() with
        {
            PassageLanguage = QuotedFirst() is null || form.PassageLanguage is not { Length: > 0 } language ? null : language,
        };

    // A fragment does not survive the redirect of an enhanced form.
    private void LeadTo(AnnotationView saved) => navigation.NavigateTo($"/sources/{Id}?at={saved.PublicId}#a-{saved.PublicId}");

    private string Heading(Words words) => _writing.Task switch
    {
        WritingTask.Reply => words["Composer.Reply", Target()?.Author.Name ?? ""],
        WritingTask.Edit => words["Composer.Edit"],
        WritingTask.Note => words["Composer.Note"],
        _ => words["Composer.Comment"],
    };

    private string Cancel() => _writing.Task switch
    {
        WritingTask.Comment => _writing.At("p", Comment!),
        WritingTask.Reply or WritingTask.Edit => _writing.At("a", (Reply ?? Edit)!),
        _ => _writing.Here,
    };

    private string DraftKey() => $"{_writing.Viewer.PersonId}/{Id}/{_writing.Task}/{_writing.Target}";
}
