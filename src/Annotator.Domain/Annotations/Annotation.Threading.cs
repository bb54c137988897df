namespace Annotator.Domain.Annotations;

public sealed partial class Annotation
{
    /// <summary>The annotations this one answers, from the root of the thread to the parent. Empty for a root.</summary>
    public Guid[] References { get; private set; } = [];

    /// <summary>The first of <see cref="References"/>. It may name an annotation that is not here.</summary>
    public Guid? RootId { get; private set; }

    public bool IsReply => RootId is not null;
}
