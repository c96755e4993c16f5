public import MarketplaceCore

/// The subject of the names of templates.
public enum MailTemplateSubject {}

/// Names the text of one kind of mail, such as `member.verify-email`; the application has it in its languages.
public typealias MailTemplate = TextKey<MailTemplateSubject>
