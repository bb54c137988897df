using Annotator.Domain.Access;
using Annotator.Domain.Annotations;
using Annotator.Domain.Kernel;
using Annotator.Domain.Reading;
using Annotator.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace Annotator.Web.Features.Annotations;

/// <summary>Where a moderator hides what somebody shared, shows it again or removes it, with a reason.</summary>
public sealed partial class Moderate(
    AnnotationModeration moderation, AnnotationReader reader, SourceReader sources, ViewerAccessor viewers, NavigationManager navigation)
{
    private Viewer _viewer = Viewer.Visitor;
    private AnnotationView? _comment;
    private Refusal? _refused;

    /// <summary>Public id of the annotation.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromForm(FormName = "moderate")]
    public ModerationForm? Form { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _viewer = await viewers.CurrentAsync();
        var comment = await reader.FindAsync(_viewer, PublicId.Parse(Id, "annotation"), Aborted);
        _viewer.Require(Permissions.Moderate, comment.Standing);
        Form ??= new ModerationForm { Reason = comment.Held?.Reason };
        _comment = comment;
    }

    private async Task DecideAsync()
    {
        try
        {
            if (Form!.Act is not ModerationForm.Show && string.IsNullOrWhiteSpace(Form.Reason))
                throw new Invalid("reason", "required");
            await ActAsync(_comment!.Id);
        }
        catch (Invalid invalid)
        {
            _refused = invalid;
            return;
        }

        var source = $"/sources/{PublicId.Of(_comment.SourceId)}";
        if (Form.Act is not ModerationForm.Remove)
            navigation.NavigateTo($"{source}?at={Id}#a-{Id}");
        else
            navigation.NavigateTo($"{(await sources.IsReadableAsync(_viewer, _comment.SourceId, Aborted) ? source : "/")}?undo={Id}");
    }

    private Task ActAsync(Guid id) => Form!.Act switch
    {
        ModerationForm.Show => moderation.ModerateAsync(_viewer, id, ModerationState.Approved, null, ToTheEnd),
        ModerationForm.Remove => moderation.RemoveAsync(_viewer, id, Form.Reason, ToTheEnd),
        _ => moderation.ModerateAsync(_viewer, id, ModerationState.Hidden, Form.Reason, ToTheEnd),
    };
}

/// <summary>What the form of a moderator sends.</summary>
public sealed class ModerationForm
{
    public const string Hide = "hide";
    public const string Show = "show";
    public const string Remove = "remove";

    public string? Act { get; set; }
    public string? Reason { get; set; }
}
