using System.Runtime.InteropServices;

namespace ChainSync.Realtime.Presence;

/// <summary>
/// Who is present in one stream. People hold it by their subscriptions and stay for <see cref="HubOptions.PresenceDelay"/> after the last
/// one ended. Every change costs the same however many there are; what has changed is told in passes.
/// </summary>
internal sealed class PresenceRoom(string streamId, HubOptions options, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Person> _people = new(StringComparer.Ordinal);
    private readonly LinkedList<Person> _told = new(); // who came last is first
    private readonly LinkedList<Person> _leaving = new(); // who left first is first
    private readonly List<Person> _changed = [];

    /// <summary>People held in memory: present, or not yet told to have left.</summary>
    public int Count
    {
        get { lock (_gate) return _people.Count; }
    }

    /// <summary>Who is present, as last told.</summary>
    public HubPresent Present
    {
        get { lock (_gate) return Told(); }
    }

    /// <summary>One more hold of this person.</summary>
    public void Enter(HubUser user)
    {
        lock (_gate)
        {
            ref var person = ref CollectionsMarshal.GetValueRefOrAddDefault(_people, user.Id, out _);
            person ??= new(user);
            person.User = user;
            person.Holds++;
            if (person.IsLeaving) _leaving.Remove(person.Leaving);
            if (!person.IsTold) Changed(person);
        }
    }

    /// <summary>One hold less. The last one begins the delay.</summary>
    public void Leave(string userId)
    {
        lock (_gate)
        {
            var person = _people[userId];
            if (--person.Holds > 0) return;
            person.LeftAt = clock.GetTimestamp();
            _leaving.AddLast(person.Leaving);
        }
    }

    /// <summary>Takes what has changed since the last pass to the followers.</summary>
    /// <param name="host">Writes it.</param>
    /// <param name="tell">Receives the frames to send and the state that new followers are sent from now on. Called under the lock, so passes keep their order.</param>
    /// <returns>Whether anything had changed.</returns>
    public bool Pass(IHubPresence host, Action<IReadOnlyList<HubFleeting>, HubFleeting> tell)
    {
        lock (_gate)
        {
            EndDelays();
            var news = Settle();
            if (news.Count == 0) return false;
            var present = Told();
            var state = host.State(streamId, present);
            if (news.Count > options.PresenceBurst) tell([state], state);
            else tell([.. news.Select(p => host.Changed(streamId, p.User, p.IsTold, present.Online))], state);
            return true;
        }
    }

    private void EndDelays()
    {
        var now = clock.GetTimestamp();
        while (_leaving.First is { } first && clock.GetElapsedTime(first.Value.LeftAt, now) >= options.PresenceDelay)
        {
            _leaving.RemoveFirst();
            Changed(first.Value);
        }
    }

    /// <summary>Brings what has been told in line with what is; those for whom that makes a difference are returned.</summary>
    private List<Person> Settle()
    {
        var news = new List<Person>();
        foreach (var person in _changed)
        {
            person.IsChanged = false;
            var present = person.Holds > 0 || person.IsLeaving;
            if (!present) _people.Remove(person.User.Id);
            if (present == person.IsTold) continue;
            if (present) _told.AddFirst(person.Told);
            else _told.Remove(person.Told);
            news.Add(person);
        }
        _changed.Clear();
        return news;
    }

    private HubPresent Told() => new(_told.Count, [.. _told.Take(options.PresenceListed).Select(p => p.User)]);

    private void Changed(Person person)
    {
        if (person.IsChanged) return;
        person.IsChanged = true;
        _changed.Add(person);
    }

    private sealed class Person
    {
        public Person(HubUser user)
        {
            User = user;
            (Told, Leaving) = (new(this), new(this));
        }

        public HubUser User { get; set; }

        public int Holds { get; set; }

        public long LeftAt { get; set; }

        public bool IsChanged { get; set; }

        public LinkedListNode<Person> Told { get; }

        public LinkedListNode<Person> Leaving { get; }

        public bool IsTold => Told.List is not null;

        public bool IsLeaving => Leaving.List is not null;
    }
}
