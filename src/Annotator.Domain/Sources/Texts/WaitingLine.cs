using Annotator.Domain.Kernel;

namespace Annotator.Domain.Sources.Texts;

/// <summary>A queue that lets a fixed number in at once, in the order of arrival.</summary>
/// <param name="atOnce">How many may be inside.</param>
/// <param name="most">How many may wait.</param>
internal sealed class WaitingLine(int atOnce, int most)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private int _inside;

    /// <summary>How many are inside now.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <param name="ahead">Gets the number of those ahead while it waits, from 1 on; 0 when it is let in.</param>
    /// <returns>Lets the next one in when it is disposed of.</returns>
    /// <exception cref="Invalid"><c>busy</c>: too many wait already.</exception>
    public async Task<IDisposable> EnterAsync(IProgress<int>? ahead, CancellationToken ct)
    {
        LinkedListNode<Waiter>? place = null;
        lock (_lock)
        {
            if (_inside < atOnce)
                _inside++;
            else if (_waiting.Count >= most)
                throw new Invalid("file", "busy");
            else
                place = _waiting.AddLast(new Waiter(ahead));
        }

        if (place is not null)
            await WaitAsync(place, ct);
        ahead?.Report(0);
        return new Turn(this);
    }

    private async Task WaitAsync(LinkedListNode<Waiter> place, CancellationToken ct)
    {
        Report();
        await using var left = ct.UnsafeRegister(_ => place.Value.Called.TrySetCanceled(ct), null);
        try
        {
            await place.Value.Called.Task;
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
                _waiting.Remove(place.Value);
            Report();
            throw;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inside--;
            while (_inside < atOnce && _waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                if (first.Value.Called.TrySetResult())
                    _inside++;
            }
        }

        Report();
    }

    private void Report()
    {
        lock (_lock)
        {
            foreach (var (i, waiter) in _waiting.Index())
                waiter.Report(i + 1);
        }
    }

    private sealed class Waiter(IProgress<int>? ahead)
    {
        private int _ahead;

        public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Reports the number of others ahead, when it is another than the last time.</summary>
        public void Report(int others)
        {
            if (others != _ahead)
                ahead?.Report(_ahead = others);
        }
    }

    private sealed class Turn(WaitingLine line) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                line.Leave();
        }
    }
}
