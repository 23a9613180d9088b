#include "identity/maker.h"

#include <algorithm>

namespace weir::identity {
namespace {

std::string subject_at(const std::string& provider, const std::string& subject) { return provider + "/" + subject; }

Maker signed_in_maker(const Principal& caller, const Session& session) {
  const auto& how = *session.sign_in;
  Maker out{how.provider, how.subject, {}, how.addresses};
  if (session.lake_formation_user) {
    out.arn = caller.session->lake_formation_principals.front();
  } else if (!is_lasting(how)) {
    out.arn = caller.caller.role_arn;
  }
  return out;
}

// A name that may be a mail address is lost with the session that has it; the source identity goes along by itself.
void keep_name(Maker& maker, const std::string& name) {
  bool known = std::ranges::find(maker.addresses, name) != maker.addresses.end();
  if (name.find('@') != std::string::npos && !known) maker.addresses.push_back(name);
}

}  // namespace

Maker maker_of(const Principal& caller) {
  const auto& who = caller.caller;
  if (!caller.is_role_session()) return {{}, who.unique_id, who.user_arn.empty() ? who.arn : who.user_arn};
  auto out = Maker{{}, who.unique_id, who.role_arn};
  if (!caller.session) return out;
  const auto& session = caller.session->session;
  if (session.maker) out = *session.maker;
  if (session.sign_in) out = signed_in_maker(caller, session);
  keep_name(out, session.name);
  return out;
}

std::string name_of(const Maker& maker) {
  return maker.provider.empty() ? maker.id : subject_at(maker.provider, maker.id);
}

std::string name_of(const SignIn& sign_in) { return subject_at(sign_in.provider, sign_in.subject); }

}  // namespace weir::identity
