#pragma warning disable CA1852 // Being open is their crime.
namespace Annotator.Tests.Architecture.Guilty.Shapes;

internal class OpenClass;

internal record OpenRecord(int Number);

internal abstract class AbstractForNobody;

internal abstract class AbstractForSomebody;

internal sealed class Somebody : AbstractForSomebody;

internal sealed class SettableThing
{
    public string Name { get; set; } = "";
    public DateTimeOffset Born { get; init; }
    public string Secret { get; private set; } = "";

    public void Keep(string secret) => Secret = secret;
}

internal interface IThingManager;

internal sealed class ThingImpl : IThingManager;

internal interface IShared;

internal sealed class OneShare : IShared;

internal sealed class OtherShare : IShared;

internal static class MailHelper;

internal static class TextUtil;

internal static class TextUtils;

internal sealed class GenericService<T>
{
    public T? Served { get; private set; }

    public void Serve(T what) => Served = what;
}
