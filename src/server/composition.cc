#include "server/composition.h"

#include <sys/stat.h>

#include <filesystem>

#include "app/approvals/approval_links.h"
#include "app/notifications/message_signer.h"
#include "app/organizations/accounts.h"
#include "app/public_url.h"
#include "backends/filesystem/filesystem_backend.h"
#include "backends/journal/file_journal.h"
#include "backends/jsonata/engine.h"
#include "executions/definitions.h"
#include "executions/doorbell.h"
#include "identity/key_ring_file.h"
#include "server/directory_lock.h"
#include "server/key_rotation.h"
#include "server/profile_files.h"
#include "server/provider_fetcher.h"
#include "server/served_operations.h"
#include "sql/desk.h"
#include "store/sqlite_store.h"

namespace weir::server {
namespace {

app::FederationSettings federation_of(const Config& config) {
  return {.saml_audiences = config.saml_audiences,
          .saml_recipients = config.saml_recipients,
          .decorated_unsigned = config.decorated_unsigned,
          .decorated_own_role = config.decorated_own_role,
          .decorated_counts_role = config.decorated_counts_role};
}

base::Status make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return base::invalid("cannot make the directory " + path + ": " + error.message(), "data-dir");
  ::chmod(path.c_str(), 0700);
  return {};
}

}  // namespace

// In the order in which they are made; taken down the other way round.
struct Composition::Parts {
  std::unique_ptr<DirectoryLock> lock;
  base::SystemClock clock;
  base::SystemRandomness randomness;
  std::optional<identity::KeyRing> keys;
  std::unique_ptr<store::Store> index;  // of objects
  std::unique_ptr<backends::FilesystemBackend> objects;
  std::unique_ptr<audit::Journal> journal;
  app::Governance governance;
  backends::jsonata::Engine jsonata;
  executions::Definitions definitions{&jsonata};
  executions::Doorbell doorbell;
  std::unique_ptr<store::Store> store;  // identities, catalog, permissions; it tells governance of commits
  std::optional<catalog::TableCache> tables;
  ServedOperations operations;
  std::optional<notifications::Signer> signer;
  app::PublicUrl public_url;
  std::optional<ProviderFetcher> providers;
  std::optional<app::WebIdentityKeys> web_identity_keys;
  std::optional<app::Lake> lake;
  std::optional<sql::Desk> queries;
};

Composition::Composition(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Composition::~Composition() = default;
app::Lake& Composition::lake() { return *parts_->lake; }

base::Result<std::unique_ptr<Composition>> Composition::open(const Config& config) {
  auto parts = std::make_unique<Parts>();
  const auto& directory = config.data_dir;
  for (auto* below : {"", "/keys", "/objects", "/audit"}) WEIR_CHECK_OK(make_directory(directory + below));
  WEIR_TRY(parts->lock, DirectoryLock::take(directory));
  WEIR_TRY(parts->keys, identity::load_key_ring(directory + "/keys", parts->clock.now(), parts->randomness));
  WEIR_TRY(parts->index,
           store::SqliteStore::open(directory + "/objects/index.db", {.look_every = std::chrono::milliseconds(0)}));
  WEIR_TRY(parts->objects,
           backends::FilesystemBackend::open(*parts->index, directory + "/objects", parts->clock, parts->randomness));
  WEIR_TRY(parts->journal, backends::FileJournal::open(directory + "/audit", parts->clock, parts->randomness));
  WEIR_TRY(parts->store, store::SqliteStore::open(directory + "/weir.db"));
  WEIR_TRY(parts->keys,
           settle_keys(directory, std::move(*parts->keys), *parts->store, parts->clock.now(), parts->randomness));
  parts->tables.emplace(*parts->store);
  WEIR_CHECK_OK(parts->governance.start(*parts->store));
  parts->providers.emplace(ProviderFetcherOptions{config.oidc_ca_file, config.oidc_private_addresses});
  parts->web_identity_keys.emplace(*parts->providers);
  parts->lake.emplace(app::Lake{*parts->store, *parts->objects, *parts->journal, parts->governance, *parts->tables,
                                *parts->keys, parts->clock, parts->randomness, config.region, &parts->operations,
                                federation_of(config), &*parts->web_identity_keys});
  parts->lake->definitions = &parts->definitions;
  parts->lake->doorbell = &parts->doorbell;
  WEIR_TRY(parts->signer, app::load_message_signer(*parts->store, *parts->keys, parts->clock.now(), parts->randomness));
  parts->lake->signer = &*parts->signer;
  WEIR_CHECK_OK(store::write(*parts->store, [&](store::Transaction& tx) {
    return app::settle_link_keys(tx, *parts->keys, parts->clock.now(), parts->randomness);
  }));
  parts->lake->public_url = &parts->public_url;
  if (config.sql.of_all.running > 0) parts->operations.set_queries(parts->queries.emplace(config.sql, parts->clock));
  parts->lake->share_invitations_open_for = base::Seconds(config.share_invitation_s);
  return std::unique_ptr<Composition>(new Composition(std::move(parts)));
}

base::Result<AdminAccess> open_for_admin(const std::string& data_dir) {
  if (!std::filesystem::exists(data_dir + "/weir.db"))
    return base::not_found(
        "no Weir data in " + data_dir + ": start `weir serve --data-dir " + data_dir + "` once first", "data-dir");
  base::SystemRandomness randomness;
  WEIR_TRY(auto ring, identity::load_key_ring(data_dir + "/keys", base::SystemClock().now(), randomness));
  WEIR_TRY(auto store, store::SqliteStore::open(data_dir + "/weir.db", {.look_every = std::chrono::milliseconds(0)}));
  return AdminAccess{std::move(store), std::move(ring)};
}

base::Result<bool> make_first_account(app::Lake& lake, const Config& config) {
  WEIR_TRY(bool there, app::has_accounts(lake.store));
  if (there) return false;
  WEIR_TRY(auto id, names::AccountId::parse(config.account));
  app::NewAccount account{id, "default", {}, std::nullopt};
  if (!config.root_access_key_id.empty() != !config.root_secret_access_key.empty())
    return base::invalid("WEIR_ROOT_ACCESS_KEY_ID and WEIR_ROOT_SECRET_ACCESS_KEY go together", "root keys");
  if (!config.root_access_key_id.empty()) account.key = {config.root_access_key_id, config.root_secret_access_key};
  WEIR_TRY(auto key, app::create_account(lake.store, account, lake.keys, lake.clock.now(), lake.randomness));
  WEIR_CHECK_OK(ProfileFiles(config.data_dir).add("default", key));
  return true;
}

}  // namespace weir::server
