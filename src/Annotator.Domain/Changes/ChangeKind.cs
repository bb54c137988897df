namespace Annotator.Domain.Changes;

/// <summary>What was written.</summary>
public enum ChangeKind
{
    Annotation,

    /// <summary>A text of a source.</summary>
    Snapshot,

    /// <summary>The language of a passage.</summary>
    Passage,

    /// <summary>Where a passage stands in a text.</summary>
    Placement,

    /// <summary>Title, author or language of a source.</summary>
    Source,

    /// <summary>That a person belongs to a group.</summary>
    Membership,

    /// <summary>How a person is called.</summary>
    Person,

    /// <summary>
    /// Whether a person is silenced. The sources of what they share have records of their own: of annotations
    /// (<see cref="ChangeAction.Many"/>) and texts.
    /// </summary>
    Silence,

    /// <summary>Who reads and writes in a group. The sources of what is shared in it have records of their own, as for silence.</summary>
    Group,
}

public enum ChangeAction
{
    Create,
    Update,

    /// <summary>Taken away; an annotation can be restored for a while.</summary>
    Delete,
    Restore,

    /// <summary>Removed for good. Nobody could see it any more.</summary>
    Purge,

    /// <summary>
    /// Several annotations of one source at once, as an import writes them: they came, changed or went as the audiences say.
    /// </summary>
    Many,

    /// <summary>A source went into another: a record of the one that went, and one of the one that has all of it now.</summary>
    Merge,

    /// <summary>A source was made of some addresses of another: a record of each.</summary>
    Part,
}
