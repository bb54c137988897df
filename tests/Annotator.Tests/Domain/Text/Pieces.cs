using CsCheck;

namespace Annotator.Tests.Domain.Text;

/// <summary>Pieces that generated texts are put together from.</summary>
internal static class Pieces
{
    public static Gen<string> OneOf(params string[] pieces) => Gen.OneOf(pieces.Select(Gen.Const).ToArray());
}
