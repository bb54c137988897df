using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Annotator.Domain.Data;

/// <summary>What the log says of outages and of crowds: a line when one begins, one a minute, and one when it ends.</summary>
internal sealed class OutageLog(ILogger logger)
{
    public void Begin(Spell outage) =>
        logger.LogWarning("The database cannot be asked: {Reason} Requests are refused until it can", outage.Reason);

    /// <summary>Ends what is over, and says what there is to say.</summary>
    /// <param name="answers">Whether the database answers.</param>
    public void Follow(Spell outage, Spell crowd, bool answers)
    {
        FollowOutage(outage, answers);
        FollowCrowd(crowd, answers);
    }

    private void FollowOutage(Spell outage, bool answers)
    {
        if (answers && outage.End() is var (time, refused))
        {
            logger.LogWarning("The database answers again after {Seconds} s; {Count} requests were refused", Seconds(time), refused);
        }
        else if (outage.IsToBeSaid())
        {
            logger.LogWarning(
                "The database has not been as it should for {Minutes} min; {Count} requests were refused",
                Math.Round(outage.Time.TotalMinutes),
                outage.Refused);
        }
    }

    private void FollowCrowd(Spell crowd, bool answers)
    {
        if (answers && crowd.IsOn && crowd.SayFirst())
        {
            logger.LogWarning("The program is busy: {Reason} Who has waited in vain is told to come again", crowd.Reason);
        }
        else if (crowd.End() is var (time, refused))
        {
            logger.LogWarning("The program is no longer busy after {Seconds} s; {Count} requests were refused", Seconds(time), refused);
        }
        else if (crowd.IsToBeSaid())
        {
            logger.LogWarning(
                "The program has been busy for {Minutes} min; {Count} requests were refused",
                Math.Round(crowd.Time.TotalMinutes),
                crowd.Refused);
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
