import MarketplaceCore
import MarketplaceInventory

/// A plain, slow account of what a waiting queue does.
///
/// Every ticket has a state of its own and is looked through one by one, and places are kept as a balance. Nothing of
/// it is taken from the module but its terms.
struct WaitingQueueModel {
    enum State: Equatable {
        case waiting
        case called(until: Timestamp)
        case missed
        case left
        case inside(since: Timestamp, until: Timestamp?)
        case exited
    }

    struct Entry {
        let member: MemberKey
        let number: Int
        var state: State
    }

    let terms: WaitingQueueTerms
    /// Every ticket there ever was, in the order of joining.
    private(set) var entries: [Entry] = []
    private(set) var closing: WaitingQueueClosing?
    private(set) var closedAt: Timestamp?
    private(set) var movedAt: Timestamp?
    /// How many places came by the rate, ever, and how many are there to be taken.
    private(set) var earned = 0
    private(set) var balance = 0
    private(set) var passedThrough = 0
    private(set) var givenBackUnnoticed = 0
    private(set) var totals = (called: 0, noShows: 0, givenBack: 0, lapsed: 0)
    /// The ends of windows that nobody has come by yet.
    private var openWindows: Set<Timestamp> = []

    init(terms: WaitingQueueTerms) {
        self.terms = terms
    }

    func latest(_ member: MemberKey) -> Int? { entries.lastIndex { $0.member == member } }

    private func isOver(_ end: Timestamp?, at time: Timestamp) -> Bool { end.map { $0 <= time } ?? false }

    /// What the terms have given by a time, counted place by place.
    private func places(by time: Timestamp) -> Int {
        guard time >= terms.opensAt else { return 0 }
        let elapsed = time.microsecondsSinceEpoch - terms.opensAt.microsecondsSinceEpoch
        let period = Int64(terms.rate.period / .microseconds(1))
        var count = 0
        while Int64(count + 1) * period <= elapsed * terms.rate.count { count += 1 }
        return Int(terms.burst) + count
    }

    mutating func move(at time: Timestamp) {
        if let movedAt, time < movedAt.advanced(by: terms.callInterval) { return }
        var isChanged = false
        for index in entries.indices {
            switch entries[index].state {
            case .called(let until) where until <= time:
                entries[index].state = .missed
                totals.noShows += 1
                balance += 1
            case .inside(_, let until) where isOver(until, at: time):
                entries[index].state = .exited
                isChanged = true
            default: break
            }
        }
        for window in openWindows where window <= time {
            openWindows.remove(window)
            isChanged = true
        }
        if givenBackUnnoticed > 0 { isChanged = true }
        balance += givenBackUnnoticed
        givenBackUnnoticed = 0
        if closing == .everybody {
            // Nothing is earned for a queue that calls nobody; what was given back is noticed.
            if isChanged { movedAt = time }
            return
        }
        let earnedNow = max(earned, places(by: time))
        balance += earnedNow - earned
        earned = earnedNow
        let taken = entries.count { entry in
            switch entry.state {
            case .called, .inside: true
            default: false
            }
        }
        let room = terms.maximumInside.map { Int($0) - taken } ?? .max
        var calls = min(balance, room)
        while calls > 0, passedThrough < entries.count {
            isChanged = true
            if entries[passedThrough].state == .waiting {
                let end = time.advanced(by: terms.arrivalWindow)
                entries[passedThrough].state = .called(until: end)
                openWindows.insert(end)
                calls -= 1
                balance -= 1
                totals.called += 1
            }
            passedThrough += 1
        }
        let kept = max(1, Int(terms.burst))
        if balance > kept {
            totals.lapsed += balance - kept
            balance = kept
            isChanged = true
        }
        if isChanged { movedAt = time }
    }

    var waiting: Int { entries.count { $0.state == .waiting } }

    /// The number, or the refusal.
    mutating func join(_ member: MemberKey, at time: Timestamp) -> Result<Int, WaitingQueueRefusal> {
        if let index = latest(member) {
            let number = entries[index].number
            switch entries[index].state {
            case .waiting: return .success(number)
            case .called(let until):
                if until > time { return .success(number) }
                if !terms.noShowsMayRejoin { return .failure(.missed(number: Int64(number))) }
            case .missed:
                if !terms.noShowsMayRejoin { return .failure(.missed(number: Int64(number))) }
            case .inside(_, let until):
                if !isOver(until, at: time) { return .success(number) }
                if closing == nil { entries[index].state = .exited }
            case .left, .exited: break
            }
        }
        if closing != nil, let closedAt { return .failure(.closed(at: closedAt)) }
        if waiting >= Int(terms.maximumWaiting) {
            return .failure(.full(waiting: Int64(waiting), maximum: terms.maximumWaiting))
        }
        entries.append(Entry(member: member, number: entries.count + 1, state: .waiting))
        return .success(entries.count)
    }

    func status(of member: MemberKey, at time: Timestamp) -> WaitingStatus? {
        guard let index = latest(member) else { return nil }
        let entry = entries[index]
        switch entry.state {
        case .left: return .left
        case .exited: return .exited
        case .missed: return .missed
        case .called(let until): return until <= time ? .missed : .called(until: until)
        case .inside(let since, let until):
            if isOver(until, at: time) { return .exited }
            return .inside(
                AdmissionPass(member: member, number: Int64(entry.number), enteredAt: since, validUntil: until)
            )
        case .waiting:
            if closing == .everybody { return .dismissed }
            let before = entry.number - passedThrough - 1
            return .waiting(before: Int64(before), estimatedCall: estimate(before + 1, at: time))
        }
    }

    /// The first time, in steps of a tenth of a second, at which the rate has given so many places more than are there
    /// or at which the line may move.
    private func estimate(_ wanted: Int, at time: Timestamp) -> Timestamp {
        var call = terms.opensAt
        while places(by: call) - earned + balance < wanted {
            call = call.advanced(by: .milliseconds(100))
        }
        return max(call, time, movedAt?.advanced(by: terms.callInterval) ?? time)
    }

    mutating func enter(_ member: MemberKey, at time: Timestamp) -> WaitingQueueRefusal? {
        guard let index = latest(member), let status = status(of: member, at: time) else { return .notJoined(member) }
        let number = Int64(entries[index].number)
        switch status {
        case .inside: return nil
        case .called:
            let until = terms.maximumStay.map { time.advanced(by: $0) }
            entries[index].state = .inside(since: time, until: until)
            return nil
        case .waiting(let before, let call):
            return .notCalled(number: number, before: before, estimatedCall: call)
        case .missed: return .missed(number: number)
        case .left: return .left(number: number)
        case .exited: return .exited(number: number)
        case .dismissed: return .closed(at: closedAt ?? time)
        }
    }

    mutating func leave(_ member: MemberKey, at time: Timestamp) -> WaitingQueueRefusal? {
        guard let index = latest(member) else { return .notJoined(member) }
        switch entries[index].state {
        case .waiting: entries[index].state = .left
        case .called(let until):
            if until <= time { return .missed(number: Int64(entries[index].number)) }
            entries[index].state = .left
            givenBackUnnoticed += 1
            totals.givenBack += 1
        case .missed: return .missed(number: Int64(entries[index].number))
        case .inside: entries[index].state = .exited
        case .left, .exited: break
        }
        return nil
    }

    mutating func exit(_ member: MemberKey) -> WaitingQueueRefusal? {
        guard let index = latest(member) else { return .notJoined(member) }
        switch entries[index].state {
        case .inside: entries[index].state = .exited
        case .exited: break
        default: return .notInside(number: Int64(entries[index].number))
        }
        return nil
    }

    mutating func close(to wanted: WaitingQueueClosing, at time: Timestamp) {
        if closedAt == nil { closedAt = time }
        closing = closing == .everybody ? .everybody : wanted
    }

    var figures: WaitingQueueFigures {
        let taken = totals.called - totals.noShows - totals.givenBack - entries.count { $0.state == .exited }
        return WaitingQueueFigures(
            joined: Int64(entries.count),
            waiting: Int64(waiting),
            calledThrough: Int64(passedThrough),
            called: Int64(totals.called),
            noShows: Int64(totals.noShows),
            givenBack: Int64(totals.givenBack),
            placesTaken: Int64(taken),
            closing: closing
        )
    }
}
