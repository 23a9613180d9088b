#include "identity/session_payload.h"

#include "base/text.h"

namespace weir::identity {
namespace {

enum Field : uint8_t {
  kKind = 1,
  kAccessKeyId,
  kAccount,
  kPrincipalId,
  kPrincipalArn,
  kName,
  kIssued,
  kExpires,
  kTag,
  kTransitive,
  kSourceIdentity,
  kChained,
  kPolicy,
  kPolicyArn,
  kProvider,
  kLfUser,
  kLfGroup,
  kScope,
  kScopeTable,
  kScopePermission,
  kScopePrefix,
  kSignIn,
  kSubject,
  kSubjectType,
  kNameQualifier,
  kAudience,
  kMethod,
  kAddress,
  kMaker,
  kMakerId,
  kMakerArn,
  kMakerAddress,
  kSignInProviderId,
  kFieldEnd,
};
// Fields whose emptiness is written by leaving them out, so an empty one is not canonical.
bool is_never_empty(uint8_t field) {
  return field != kChained && field != kScope && field != kTransitive && field != kPolicyArn && field != kLfGroup &&
         field != kScopePermission && field != kScopePrefix && field != kProvider && field != kSignIn &&
         field != kMethod && field != kAddress && field != kMaker && field != kMakerAddress;
}
bool is_list(uint8_t field) {
  return field == kTag || field == kTransitive || field == kPolicyArn || field == kLfGroup ||
         field == kScopePermission || field == kScopePrefix || field == kMethod || field == kAddress ||
         field == kMakerAddress;
}

void put_number(std::string& out, uint64_t value) {
  for (; value >= 128; value >>= 7) out += static_cast<char>((value & 127) | 128);
  out += static_cast<char>(value);
}

void put(std::string& out, Field field, std::string_view bytes) {
  out += static_cast<char>(field);
  put_number(out, bytes.size());
  out += bytes;
}
void put_unless_empty(std::string& out, Field field, std::string_view bytes) {
  if (!bytes.empty()) put(out, field, bytes);
}
void put_all(std::string& out, Field field, const std::vector<std::string>& items) {
  for (auto& item : items) put(out, field, item);
}
void put_instant(std::string& out, Field field, base::Instant at) {
  auto seconds = base::to_epoch_whole_seconds(at);
  CHECK_TRUE(seconds >= 0, "sessions are of our time");
  std::string text;
  put_number(text, static_cast<uint64_t>(seconds));
  put(out, field, text);
}
void put_tag(std::string& out, const Tag& tag) {
  std::string text;
  put_number(text, tag.key.size());
  put(out, kTag, text + tag.key + tag.value);
}

base::Error malformed() { return base::fail(base::Kind::unauthenticated, "not a session", "token"); }

class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}
  bool empty() const { return rest_.empty(); }

  base::Result<uint8_t> byte() {
    if (rest_.empty()) return malformed();
    auto value = static_cast<uint8_t>(rest_[0]);
    rest_.remove_prefix(1);
    return value;
  }
  // The shortest form only.
  base::Result<uint64_t> number() {
    uint64_t value = 0;
    for (int shift = 0; shift <= 42; shift += 7) {
      WEIR_TRY(uint8_t group, byte());
      value |= static_cast<uint64_t>(group & 127) << shift;
      if (group >= 128) continue;
      if (group == 0 && shift > 0) return malformed();
      return value;
    }
    return malformed();
  }
  base::Result<std::string_view> bytes() {
    WEIR_TRY(uint64_t size, number());
    if (size > rest_.size()) return malformed();
    auto out = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return out;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

base::Result<base::Instant> read_instant(std::string_view bytes) {
  Reader reader(bytes);
  WEIR_TRY(uint64_t seconds, reader.number());
  if (!reader.empty() || seconds > 1ULL << 40) return malformed();
  return base::Instant(std::chrono::seconds(seconds));
}

base::Result<Tag> read_tag(std::string_view bytes) {
  Reader reader(bytes);
  WEIR_TRY(auto key, reader.bytes());
  return Tag{std::string(key), std::string(reader.rest())};
}

base::Result<SessionKind> read_kind(std::string_view bytes) {
  if (bytes.size() != 1) return malformed();
  auto kind = static_cast<SessionKind>(bytes[0]);
  switch (kind) {
    case SessionKind::assumed_role:
    case SessionKind::session_token:
    case SessionKind::root:
    case SessionKind::vended:
    case SessionKind::federated: return kind;
  }
  return malformed();
}

base::Status read_flag(std::string_view bytes) {
  if (!bytes.empty()) return malformed();
  return {};
}

base::Status read_identity(Session& out, uint8_t field, std::string_view bytes) {
  switch (field) {
    case kKind: {
      WEIR_TRY(out.kind, read_kind(bytes));
      break;
    }
    case kAccessKeyId: out.access_key_id = bytes; break;
    case kAccount: {
      WEIR_TRY(out.account, names::AccountId::parse(bytes));
      break;
    }
    case kPrincipalId: out.principal_id = bytes; break;
    case kPrincipalArn: out.principal_arn = bytes; break;
    case kName: out.name = bytes; break;
    case kIssued: {
      WEIR_TRY(out.issued, read_instant(bytes));
      break;
    }
    case kExpires: {
      WEIR_TRY(out.expires, read_instant(bytes));
      break;
    }
    default: return malformed();
  }
  return {};
}

base::Status read_facts(Session& out, uint8_t field, std::string_view bytes) {
  switch (field) {
    case kTag: {
      WEIR_TRY(auto tag, read_tag(bytes));
      out.tags.push_back(std::move(tag));
      break;
    }
    case kTransitive: out.transitive_keys.emplace_back(bytes); break;
    case kSourceIdentity: out.source_identity = bytes; break;
    case kChained: out.chained = true; return read_flag(bytes);
    case kPolicy: out.policy = bytes; break;
    case kPolicyArn: out.policy_arns.emplace_back(bytes); break;
    default: return malformed();
  }
  return {};
}

base::Status read_lake_formation(Session& out, uint8_t field, std::string_view bytes) {
  if (field == kProvider) {
    out.lake_formation_user.emplace().provider = bytes;
    return {};
  }
  if (field == kScope) {
    out.scope.emplace();
    return read_flag(bytes);
  }
  if (field < kScope ? !out.lake_formation_user : !out.scope) return malformed();
  switch (field) {
    case kLfUser: out.lake_formation_user->user = bytes; break;
    case kLfGroup: out.lake_formation_user->groups.emplace_back(bytes); break;
    case kScopeTable: out.scope->table = bytes; break;
    case kScopePermission: out.scope->permissions.emplace_back(bytes); break;
    case kScopePrefix: out.scope->prefixes.emplace_back(bytes); break;
    default: return malformed();
  }
  return {};
}

base::Status read_sign_in(Session& out, uint8_t field, std::string_view bytes) {
  if (field == kSignIn) {
    out.sign_in.emplace().provider = bytes;
    return {};
  }
  if (!out.sign_in) return malformed();
  switch (field) {
    case kSubject: out.sign_in->subject = bytes; break;
    case kSubjectType: out.sign_in->subject_type = bytes; break;
    case kNameQualifier: out.sign_in->name_qualifier = bytes; break;
    case kAudience: out.sign_in->audience = bytes; break;
    case kMethod: out.sign_in->methods.emplace_back(bytes); break;
    case kAddress: out.sign_in->addresses.emplace_back(bytes); break;
    case kSignInProviderId: out.sign_in->provider_id = bytes; break;
    default: return malformed();
  }
  return {};
}

base::Status read_maker(Session& out, uint8_t field, std::string_view bytes) {
  if (field == kMaker) {
    out.maker.emplace().provider = bytes;
    return {};
  }
  if (!out.maker) return malformed();
  switch (field) {
    case kMakerId: out.maker->id = bytes; break;
    case kMakerArn: out.maker->arn = bytes; break;
    case kMakerAddress: out.maker->addresses.emplace_back(bytes); break;
    default: return malformed();
  }
  return {};
}

base::Status read_field(Session& out, uint8_t field, std::string_view bytes) {
  if (bytes.empty() && is_never_empty(field)) return malformed();
  if (field < kTag) return read_identity(out, field, bytes);
  if (field < kProvider) return read_facts(out, field, bytes);
  if (field >= kMaker && field <= kMakerAddress) return read_maker(out, field, bytes);
  if (field >= kSignIn) return read_sign_in(out, field, bytes);
  return read_lake_formation(out, field, bytes);
}

}  // namespace

std::string encode_session(const Session& session) {
  std::string out;
  put(out, kKind, std::string(1, static_cast<char>(session.kind)));
  put_unless_empty(out, kAccessKeyId, session.access_key_id);
  put_unless_empty(out, kAccount, session.account.text());
  put_unless_empty(out, kPrincipalId, session.principal_id);
  put_unless_empty(out, kPrincipalArn, session.principal_arn);
  put_unless_empty(out, kName, session.name);
  put_instant(out, kIssued, session.issued);
  put_instant(out, kExpires, session.expires);
  for (auto& tag : session.tags) put_tag(out, tag);
  put_all(out, kTransitive, session.transitive_keys);
  put_unless_empty(out, kSourceIdentity, session.source_identity);
  if (session.chained) put(out, kChained, "");
  put_unless_empty(out, kPolicy, session.policy);
  put_all(out, kPolicyArn, session.policy_arns);
  if (auto& who = session.lake_formation_user) {
    put(out, kProvider, who->provider);
    put_unless_empty(out, kLfUser, who->user);
    put_all(out, kLfGroup, who->groups);
  }
  if (auto& scope = session.scope) {
    put(out, kScope, "");
    put_unless_empty(out, kScopeTable, scope->table);
    put_all(out, kScopePermission, scope->permissions);
    put_all(out, kScopePrefix, scope->prefixes);
  }
  if (auto& how = session.sign_in) {
    put(out, kSignIn, how->provider);
    put_unless_empty(out, kSubject, how->subject);
    put_unless_empty(out, kSubjectType, how->subject_type);
    put_unless_empty(out, kNameQualifier, how->name_qualifier);
    put_unless_empty(out, kAudience, how->audience);
    put_all(out, kMethod, how->methods);
    put_all(out, kAddress, how->addresses);
  }
  if (auto& maker = session.maker) {
    put(out, kMaker, maker->provider);
    put_unless_empty(out, kMakerId, maker->id);
    put_unless_empty(out, kMakerArn, maker->arn);
    put_all(out, kMakerAddress, maker->addresses);
  }
  if (session.sign_in) put_unless_empty(out, kSignInProviderId, session.sign_in->provider_id);
  return out;
}

base::Result<Session> decode_session(std::string_view payload) {
  Session out;
  Reader reader(payload);
  uint8_t last = 0, seen_needed = 0;
  while (!reader.empty()) {
    WEIR_TRY(uint8_t field, reader.byte());
    if (field < last || (field == last && !is_list(field)) || field >= kFieldEnd) return malformed();
    WEIR_TRY(auto bytes, reader.bytes());
    WEIR_CHECK_OK(read_field(out, field, bytes));
    if (field == kKind || field == kIssued || field == kExpires) ++seen_needed;
    last = field;
  }
  if (seen_needed != 3) return malformed();
  return out;
}

}  // namespace weir::identity
