#include "services/iam/access_keys.h"

#include "app/iam/iam_access_keys.h"

namespace weir::services::iam {

namespace w = wire::iam;

base::Result<w::CreateAccessKeyResponse> create_access_key(app::Call& call, const w::CreateAccessKeyRequest& in) {
  WEIR_TRY(auto created, app::create_access_key(call, in.UserName));
  const auto& key = created.made.key;
  w::CreateAccessKeyResponse out;
  out.AccessKey = w::AccessKey{.UserName = created.user_name,
                               .AccessKeyId = key.id,
                               .Status = std::string(identity::to_string(key.status)),
                               .SecretAccessKey = created.made.secret.reveal(),
                               .CreateDate = key.created};
  return out;
}

base::Result<wire::Nothing> update_access_key(app::Call& call, const w::UpdateAccessKeyRequest& in) {
  return done(app::update_access_key(call, in.UserName, *in.AccessKeyId, *in.Status));
}

base::Result<wire::Nothing> delete_access_key(app::Call& call, const w::DeleteAccessKeyRequest& in) {
  return done(app::delete_access_key(call, in.UserName, *in.AccessKeyId));
}

base::Result<w::ListAccessKeysResponse> list_access_keys(app::Call& call, const w::ListAccessKeysRequest& in) {
  WEIR_TRY(auto owned, app::list_access_keys(call, in.UserName, page_request(in)));
  w::ListAccessKeysResponse out;
  out.AccessKeyMetadata.give();
  for (const auto& key : owned.page.items)
    out.AccessKeyMetadata.push_back({.UserName = owned.user_name,
                                     .AccessKeyId = key.id,
                                     .Status = std::string(identity::to_string(key.status)),
                                     .CreateDate = key.created});
  finish_page(out, owned.page.marker);
  return out;
}

base::Result<w::GetAccessKeyLastUsedResponse> get_access_key_last_used(app::Call& call,
                                                                       const w::GetAccessKeyLastUsedRequest& in) {
  WEIR_TRY(auto use, app::get_access_key_last_used(call, *in.AccessKeyId));
  w::GetAccessKeyLastUsedResponse out;
  out.UserName = use.user_name;
  w::AccessKeyLastUsed last{.LastUsedDate = {}, .ServiceName = "N/A", .Region = "N/A"};
  if (use.last) last = {.LastUsedDate = use.last->at, .ServiceName = use.last->service, .Region = use.last->region};
  out.AccessKeyLastUsed = std::move(last);
  return out;
}

}  // namespace weir::services::iam
