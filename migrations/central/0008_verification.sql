-- Claims that failed are few, and looked at again every minute.
CREATE INDEX workflow_verify_results_failed ON workflow_verify_results (status) WHERE status = 'failed';
