
namespace Annotator.Domain.Passages;

/// <summary>
/// Where a passage stands in a snapshot of its source: computed once by <see cref="Anchoring.Anchor"/> and kept, or set by a
/// person.
/// </summary>
public sealed class PassagePlace
{
    public Guid PassageId { get; private set; }
    public Guid SnapshotId { get; private set; }
    public PlacementKind Kind { get; private set; }

    /// <summary>In Unicode code points of the snapshot's text.</summary>
    public int Start { get; private set; }
    public int End { get; private set; }

    /// <summary>From 0 to 1.</summary>
    public float Confidence { get; private set; }

    /// <summary>What stands there, where it differs from the quote; empty else.</summary>
    public string Text { get; private set; } = "";

    private PassagePlace() { }

    /// <summary>A new row: where a passage stands in a snapshot.</summary>
    public static PassagePlace Of(Guid passageId, Guid snapshotId, Placement placement)
    {
        var place = new PassagePlace { PassageId = passageId, SnapshotId = snapshotId };
        place.Move(placement);
        return place;
    }

    /// <summary>Replaces the placement, when somebody says where the passage stands.</summary>
    public void Move(Placement placement) => (Kind, Start, End, Confidence, Text) =
        (
            placement.Kind,
            placement.Start,
            placement.End,
            (float)placement.Confidence,
            placement.Kind is PlacementKind.Changed ? placement.Text : "");
}
