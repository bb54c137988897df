namespace Annotator.Domain.Data;

/// <summary>A time in which something fails again and again. Whoever uses it holds a lock.</summary>
/// <param name="quiet">Time without a failure after which it is over.</param>
internal sealed class Spell(TimeSpan quiet, TimeProvider clock)
{
    private static readonly TimeSpan SayAgain = TimeSpan.FromMinutes(1);

    private long _began;
    private long _last;
    private long? _said;

    /// <summary>It has begun and not ended.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Requests that were refused in it.</summary>
    public int Refused { get; private set; }

    /// <summary>What failed first.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>How long it has gone on.</summary>
    public TimeSpan Time => clock.GetElapsedTime(_began);

    /// <summary>Notes a failure; the first begins it.</summary>
    /// <param name="ofRequest">Whether a request was refused.</param>
    public void Note(string reason, bool ofRequest)
    {
        _last = clock.GetTimestamp();
        if (!IsOn)
            (IsOn, Reason, _began, _said) = (true, reason, _last, null);
        if (ofRequest)
            Refuse();
    }

    public void Refuse() => Refused++;

    /// <summary>Takes over what another has begun, which is over then.</summary>
    public void Continue(Spell other)
    {
        Note(other.Reason, ofRequest: false);
        (_began, Refused) = (other._began, Refused + other.Refused);
        other.Clear();
    }

    /// <returns>Whether nothing was said of it yet; the next call is told no.</returns>
    public bool SayFirst()
    {
        var isFirst = _said is null;
        _said ??= clock.GetTimestamp();
        return isFirst;
    }

    /// <returns>Whether it has gone on for a minute since something was said of it.</returns>
    public bool IsToBeSaid()
    {
        if (!IsOn || clock.GetElapsedTime(_said ?? _began) < SayAgain)
            return false;
        _said = clock.GetTimestamp();
        return true;
    }

    /// <summary>Ends it where it has been quiet for long enough.</summary>
    /// <returns>How long it was and how many requests were refused; null where it has not ended.</returns>
    public (TimeSpan Time, int Refused)? End()
    {
        if (!IsOn || clock.GetElapsedTime(_last) < quiet)
            return null;
        var was = (Time, Refused);
        Clear();
        return was;
    }

    private void Clear() => (IsOn, Refused) = (false, 0);
}
