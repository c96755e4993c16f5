/// A command that can be given again under its key, and told from another one under the same key.
///
/// A caller that reuses a key for something else has made a mistake, and is told so instead of being answered with what
/// the first command did. What is compared is a digest that is recorded with the events, so it must be the same in every
/// process and every release for a command that asks for the same:
///
/// ```swift
/// extension ShelfCommand: RepeatableCommand {
///     func identify(in digest: inout ContentDigest) {
///         switch self {
///         case .put(let book): digest.combine(all: "put", book)
///         case .clear: digest.combine("clear")
///         }
///     }
/// }
/// ```
public protocol RepeatableCommand: Sendable {
    /// Takes in what is asked: a name for it, and everything about it that whoever asks has chosen.
    ///
    /// Neither who asks nor when, nor what was looked up to decide it (the state of something else, a period of the
    /// configuration): these differ when the same is asked again. A name or a fact that is taken in must never be
    /// written differently after a release, or what was recorded before it is taken for something else.
    func identify(in digest: inout ContentDigest)
}

extension Array where Element: RepeatableCommand {
    /// What tells these commands, in this order, from others.
    package var contentDigest: ContentDigest.Value {
        var digest = ContentDigest()
        for command in self { command.identify(in: &digest) }
        return digest.value
    }
}
